package io.lanewise.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.TextEmbedder;
import io.lanewise.weights.SafetensorsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** The command {@code embed}. */
@Isolated("standard input is the JVM's")
class EmbedCommandTest {

    private static final List<String> TEXTS = List.of("a good day", "", "Angela met Ada in Paris.");

    @TempDir
    private Path folder;
    private Path model;

    @BeforeEach
    void writeAModel() throws IOException {
        model = TinyModel.withTokenizer("odd", folder);
        Files.writeString(model.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"the cat \"}}");
    }

    private float[][] expected(EmbeddingOptions options) {
        try (TextEmbedder embedder = TextEmbedder.load(model)) {
            return embedder.embed(TEXTS, options);
        }
    }

    private static String lines(float[][] vectors) {
        StringBuilder lines = new StringBuilder();
        for (float[] vector : vectors) {
            lines.append(Arrays.toString(vector).replace(" ", "")).append(System.lineSeparator());
        }
        return lines.toString();
    }

    // ---------------------------------------------------------------- vectors

    @Test
    void shouldRoundWeightsWhenAskedTo() {
        String exact = Cli.run("embed", model, TEXTS.get(0)).succeeded();
        assertEquals(exact, Cli.run("embed", model, "--weights", "f32", TEXTS.get(0)).succeeded());
        assertNotEquals(exact, Cli.run("embed", model, "--weights", "bf16", TEXTS.get(0)).succeeded());
    }

    @Test
    void shouldWriteALineForEachText() {
        String expected = lines(expected(EmbeddingOptions.defaults()));
        assertEquals(expected, Cli.run("embed", model, TEXTS.get(0), TEXTS.get(1), TEXTS.get(2)).succeeded());
        assertEquals(expected, Cli.runOn(String.join("\n", TEXTS), "embed", model, "-").succeeded());
        assertEquals(expected, Cli.runOn("\"a good day\"\n\"\"\n\"Angela met \\u0041da in Paris.\"\n", "embed", model,
                "--json").succeeded());
    }

    @Test
    void shouldTakePromptDimensionsAndThreads() {
        assertEquals(lines(expected(EmbeddingOptions.defaults().prompt("query").dimensions(7))),
                Cli.runOn(String.join("\n", TEXTS), "embed", model, "--prompt", "query", "--dimensions", 7, "--threads",
                        2).succeeded());
    }

    @Test
    void shouldStreamManyLinesIntoAFile() throws IOException {
        Path file = folder.resolve("vectors.npy");
        String lines = (String.join("\n", TEXTS) + "\n").repeat(300);
        assertEquals(model + ": 900 texts, 20 numbers each, written to " + file,
                Cli.runOn(lines, "embed", model, "-o", file).succeeded().strip());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(128 + 900 * 20 * 4, bytes.capacity());
        String header = new String(bytes.array(), 1, 127, StandardCharsets.ISO_8859_1);
        assertEquals("NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (900, 20), }",
                header.stripTrailing());
        assertEquals('\n', header.charAt(126));
        float[][] expected = expected(EmbeddingOptions.defaults());
        float[] actual = new float[20];
        for (int row = 0; row < 900; row++) {
            bytes.slice(128 + row * 80, 80).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(actual);
            assertArrayEquals(expected[row % 3], actual);
        }
    }

    @Test
    void shouldWriteSafetensors() throws IOException {
        Path file = Files.writeString(folder.resolve("vectors.safetensors"), "old");
        Cli.runOn(String.join("\n", TEXTS), "embed", model, "-o", file).succeeded();
        try (SafetensorsFile vectors = SafetensorsFile.open(file)) {
            assertEquals("F32 [3, 20]", vectors.find("embeddings").orElseThrow().describe());
            float[] all = vectors.floats(vectors.find("embeddings").orElseThrow());
            assertArrayEquals(expected(EmbeddingOptions.defaults())[2], Arrays.copyOfRange(all, 40, 60));
        }
        Cli.runOn("", "embed", model, "-o", file).succeeded();
        try (SafetensorsFile vectors = SafetensorsFile.open(file)) {
            assertEquals("F32 [0, 20]", vectors.find("embeddings").orElseThrow().describe());
        }
    }

    // ---------------------------------------------------------------- mistakes

    @Test
    void shouldLeaveAnOutputAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("vectors.npy"), "old");
        Cli.runOn("\"good\"\n[\"a\", \"b\"]\n", "embed", model, "--json", "-o", file)
                .refused("a line must be a JSON string: line=2: $ must be a string: found an array");
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(each -> each.toString().endsWith(".tmp")).toList());
        }
    }

    @Test
    void shouldRefuseAnOutputThatCannotBeWritten() {
        Path missing = folder.resolve("missing/vectors.npy");
        Cli.run("embed", model, "-o", missing, "good")
                .refused("directory of the file to write must exist: file=" + missing);
        Cli.run("embed", model, "-o", "vectors.csv", "good")
                .refused("output must end in .npy or .safetensors: output=vectors.csv");
        Path weights = model.resolve("model.safetensors");
        Cli.run("embed", model, "-o", weights, "good")
                .refused("output must be another file than the inputs: output=" + weights + ", input=" + model);
    }

    @Test
    void shouldRefuseOptions() {
        Cli.run("embed", model, "--prompt", "passage", "good")
                .refused("prompt must be one of [query]: prompt='passage'");
        Cli.run("embed", model, "--dimensions", 21, "good").refused("dimensions must be at most 20: dimensions=21");
        Cli.run("embed", model, "--dimensions", -1, "good").refused("dimensions must not be negative: dimensions=-1");
        Cli.run("embed", model, "--threads", 0, "good").refused("threads must be from 1 to 1024: threads=0");
        Cli.run("embed", model, "--max-length", 0, "good").refused("max-length must be at least 1: --max-length=0");
        Cli.run("embed", model, "--long-texts", "cut", "good")
                .refused("Invalid value for option '--long-texts': must be "
                        + "truncate or average or refuse, not 'cut'; see lanewise embed --help");
        Cli.run("embed", model, "--weights", "int4", "good")
                .refused("Invalid value for option '--weights': must be exact or f32 or bf16 or int8, not 'int4'; see "
                        + "lanewise embed --help");
    }

    @Test
    void shouldRefuseATextThatIsTooLong() {
        Cli.run("embed", model, "--long-texts", "refuse", "--max-length", 4, "a good day")
                .refused("a text must have at most 4 tokens: tokens=5");
        Cli.run("embed", model, "--long-texts", "average", "--max-length", 4, "a good day").succeeded();
    }

    @Test
    void shouldRefuseFoldersThatAreNotThereOrLackSomething() {
        Path missing = folder.resolve("missing");
        Cli.run("embed", missing, "good").refused("a model must be a folder: folder=" + missing);
        Path bare = TinyModel.golden("odd");
        Cli.run("embed", bare, "good").refused(
                "folder must have a tokenizer.json, a vocab.txt, or a vocab.json and a merges.txt: folder=" + bare);
        Cli.run("embed").refused("Missing required parameter: 'FOLDER'; see lanewise embed --help");
    }

    @Test
    void shouldRefuseAModelOfAnotherKind() throws IOException {
        Path labels = TinyModel.withTokenizer("odd-token", folder);
        Cli.run("embed", labels, "good").refused("the folder must have sentence_embedding: it has [last_hidden_state, "
                + "logits], folder=" + labels);
    }
}
