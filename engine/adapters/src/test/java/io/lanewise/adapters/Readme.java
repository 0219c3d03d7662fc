package io.lanewise.adapters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Holds the README's section of an adapter and an example that compiles together. */
public final class Readme {

    private static final Path README = Path.of("..", "..", "..", "README.md");
    private static final int MOST_LINES = 10;

    private Readme() {}

    /**
     * Compares a section's code with what stands between two lines {@code // README} of an example.
     *
     * @param heading the section's
     * @param example a source of the tests
     */
    public static void requireShown(String heading, Path example) throws IOException {
        String section = Files.readString(README).split("(?m)^### " + heading + "$", 2)[1];
        String shown = between(section, "```java\n", "```").stripTrailing();
        String compiled = between(Files.readString(example), "        // README\n", "        // README");
        assertEquals(compiled.stripTrailing().stripIndent(), shown);
        assertTrue(shown.lines().count() <= MOST_LINES, shown);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
