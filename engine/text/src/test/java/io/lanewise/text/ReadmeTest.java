package io.lanewise.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the README shows first is what compiles. */
class ReadmeTest {

    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/lanewise/text/ReadmeExample.java");

    @Test
    void shouldShowAnExampleThatCompiles() throws IOException {
        String shown = between(Files.readString(README), "```java\n", "```");
        String compiled = between(Files.readString(EXAMPLE), "        // README\n", "        // README");
        assertEquals(compiled.stripTrailing().stripIndent(), shown.stripTrailing());
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
