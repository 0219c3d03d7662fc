package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which of this process's streams a person looks at. */
final class Terminal {

    /** What the launcher says where it hands on standard error, which is a pipe for the JVM behind it. */
    private static final String HANDED_ON = "lanewise.terminal";

    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;

    private Terminal() {}

    /** Says whether standard output is a terminal. */
    static boolean showsOutput() {
        return isTerminal(OUTPUT);
    }

    /** Says whether standard error is a terminal. */
    static boolean showsErrors() {
        return Boolean.getBoolean(HANDED_ON) || isTerminal(ERRORS);
    }

    /** The JDK's console looks at input and output together, and never at errors: Linux tells of each by itself. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null && System.console().isTerminal();
        }
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/\\d+|tty\\w*|console)");
        } catch (IOException unknown) {
            return false;
        }
    }
}
