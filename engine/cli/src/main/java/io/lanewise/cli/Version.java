package io.lanewise.cli;

import java.util.Objects;

import picocli.CommandLine.IVersionProvider;

/** Tells the version that the jar's manifest holds. */
final class Version implements IVersionProvider {

    /** Returns the version, or {@code development} where there is no jar. */
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[]{"lanewise " + number()};
    }
}
