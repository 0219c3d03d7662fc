package io.lanewise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The command {@code similar}. */
@Isolated("standard input is the JVM's")
class SimilarCommandTest {

    @TempDir
    private Path folder;
    private Path model;
    private Path file;

    @BeforeEach
    void writeAModelAndAFile() throws IOException {
        model = TinyModel.withTokenizer("odd", folder);
        Files.writeString(model.resolve("config_sentence_transformers.json"), "{\"prompts\": {\"query\": \"a \"}}");
        file = Files.writeString(folder.resolve("lines.txt"), "bad\n\na good day\nParis\n" + "the cat\n".repeat(600));
    }

    @Test
    void shouldShowTheNearestLinesWithTheirNumbers() {
        List<String> lines = Cli.run("similar", model, "A good day", file, "--top", 3).lines();
        assertEquals(3, lines.size());
        assertEquals(" 1.0000       3  a good day", lines.getFirst());
        assertEquals(lines.getFirst(),
                Cli.run("similar", model, "good day", file, "--prompt", "query", "--top", 1).succeeded()
                        .stripTrailing());
        assertEquals(List.of(" 1.0000       5  the cat", " 1.0000       6  the cat"),
                Cli.run("similar", model, "the cat", file, "--top", 2).lines());
        assertEquals(603, Cli.run("similar", model, "the cat", file, "--top", 1000).lines().size());
    }

    @Test
    void shouldReadAndWriteJson() {
        String line = Cli
                .runOn("\"bad\"\n\"a good\\u0020day\"\n", "similar", model, "a good day", "-", "--json", "--top",
                        1)
                .succeeded().strip();
        assertTrue(line.matches("\\{\"score\":(1\\.0|0\\.9{5,}\\d*),\"line\":2,\"text\":\"a good day\"}"), line);
    }

    @Test
    void shouldRefuseWhatIsNotThere() throws IOException {
        Path missing = folder.resolve("missing");
        Cli.run("similar", model, "good", missing).refused("file must exist: file=" + missing);
        Cli.run("similar", missing, "good", file).refused("a model must be a folder: folder=" + missing);
        Cli.run("similar", model, "good", file, "--top", 0).refused("top must be at least 1: --top=0");
        Cli.run("similar", model, "good", file, "--prompt", "x").refused("prompt must be one of [query]: prompt='x'");
        Cli.run("similar", model, "good", file, "--line-prompt", "x")
                .refused("prompt must be one of [query]: prompt='x'");
        Files.write(file, "Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Cli.run("similar", model, "good", file).refused("file " + file + " must be UTF-8");
    }
}
