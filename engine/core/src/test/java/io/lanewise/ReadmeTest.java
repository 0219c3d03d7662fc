package io.lanewise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the README shows is what compiles and what there is. */
class ReadmeTest {

    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/lanewise/ReadmeExample.java");

    @Test
    void shouldShowAnExampleThatCompiles() throws IOException {
        String shown = between(Files.readString(README), "## Use it with tensors\n\n```java\n", "```");
        String compiled = between(Files.readString(EXAMPLE), "        // README\n", "        // README");
        assertEquals(compiled.stripTrailing().stripIndent(), shown.stripTrailing());
    }

    @Test
    void shouldListEveryKindOfLayer() throws IOException {
        String readme = Files.readString(README);
        for (LayerKind kind : LayerKinds.all()) {
            boolean stack = kind.name().startsWith("co-") && kind.name().endsWith("-stack");
            String name = stack ? kind.name().replace("-stack", "") : kind.name();
            assertTrue(readme.contains("`" + name + "`"), "README must list " + name);
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
