package io.lanewise;

/** How often a test tries what seldom fails: enough for every build, or, with {@code -Dlanewise.tests.long=true}, many times more. */
public final class Tries {

    /** The system property that {@code mvn -Pmachines} sets. */
    static final String LONG_PROPERTY = "lanewise.tests.long";

    private static final boolean LONG = Boolean.getBoolean(LONG_PROPERTY);

    private Tries() {}

    /** Returns the first number in a build and the second in a long run. */
    public static int of(int inABuild, int inALongRun) {
        return LONG ? inALongRun : inABuild;
    }
}
