package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.lanewise.text.TextEmbedder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The command {@code verify}. */
class VerifyCommandTest {

    @TempDir
    private Path folder;
    private Path model;
    private Path expected;

    @BeforeEach
    void writeAModel() throws IOException {
        model = TinyModel.withTokenizer("odd", folder);
        expected = folder.resolve("expected.json");
    }

    // ---------------------------------------------------------------- plan and reference

    @Test
    void shouldCompareThePlanWithTheReferenceOnTexts() {
        List<String> lines = Cli.run("verify", model).lines();
        assertEquals(4, lines.size());
        assertTrue(
                lines.get(0).matches("ok   last_hidden_state    \\[6, 32, 20] +largest difference [0-9.e+-]+, largest "
                        + "value [0-9.]+"),
                lines.get(0));
        assertEquals(
                "ok, plan and reference agree on 6 texts: differences are at most 2e-05 of the largest value, or of 1",
                lines.getLast());
    }

    @Test
    void shouldMakeUpIdsWithoutATokenizer() {
        List<String> lines = Cli.run("verify", TinyModel.golden("odd-token")).lines();
        assertTrue(lines.get(1).startsWith("ok   logits               [5, 32, 5]"), lines.get(1));
        assertTrue(lines.getLast().startsWith("ok, plan and reference agree on 5 rows of ids, the folder having no "
                + "tokenizer: "), lines.getLast());
    }

    @Test
    void shouldSeeADifference() {
        assertFalse(Difference.of(new float[]{1, 2}, new float[]{1, Float.NaN}).isWithin(1));
        assertFalse(Difference.of(new float[]{1.1f}, new float[]{1}).isWithin(1e-2));
        assertTrue(Difference.of(new float[]{100.1f, 0}, new float[]{100, 0}).isWithin(1e-2));
        assertEquals(0.5, Difference.of(new float[]{0.5f, 3}, new float[]{0, 3}).largest());
    }

    // ---------------------------------------------------------------- recorded vectors

    private void record(String text, float[] vector, String ids) throws IOException {
        Files.writeString(expected,
                "{\"pooling\": \"mean\", \"max_length\": 32, \"items\": [{\"text\": \"%s\"%s, \"vector\": %s}]}"
                        .formatted(text, ids, Arrays.toString(vector)));
    }

    private float[] vector(String text) {
        try (TextEmbedder embedder = TextEmbedder.load(model)) {
            return embedder.embed(text);
        }
    }

    @Test
    void shouldCompareWithRecordedVectors() throws IOException {
        record("a good day", vector("a good day"), ", \"ids\": [2, 5, 6, 8, 3]");
        assertEquals("""
                ok   cosine 1.000000000, largest difference 0.0e+00  a good day
                ok, 1 of 1 vectors are as recorded: the largest difference is 0.0e+00, at most 2e-06 are allowed
                """.lines().toList(), Cli.run("verify", model, expected).lines());
        String ids = Cli.run("verify", TinyModel.golden("odd"), expected).succeeded();
        assertTrue(ids.startsWith("ok   cosine 1.0"), ids);
    }

    @Test
    void shouldExitWith1IfVectorsOrIdsAreOthers() throws IOException {
        record("a good day", vector("a bad day"), "");
        Cli vectors = Cli.run("verify", model, expected);
        assertEquals(1, vectors.exit());
        assertTrue(vectors.out().startsWith("bad  cosine 0."), vectors.out());
        assertTrue(
                vectors.out().lines().toList().getLast().startsWith("not as it should be: only 0 of 1 vectors are as "
                        + "recorded, the largest difference is "),
                vectors.out());
        record("a good day", vector("a good day"), ", \"ids\": [2, 5, 6, 9, 3]");
        Cli ids = Cli.run("verify", model, expected);
        assertEquals(1, ids.exit());
        assertTrue(ids.out().startsWith("bad  cosine 1.000000000, largest difference 0.0e+00, other ids  a good day"),
                ids.out());
    }

    @Test
    void shouldRefuseFilesThatDoNotFit() throws IOException {
        Path missing = folder.resolve("missing");
        Cli.run("verify", missing).refused("a model must be a folder: folder=" + missing);
        Cli.run("verify", model, missing).refused("file must be readable: file=" + missing);
        record("a", new float[20], "");
        Cli.run("verify", missing, expected).refused("a model must be a folder: folder=" + missing);
        Files.writeString(expected, "{\"items\": [{\"text\": \"a\"}]}");
        Cli.run("verify", model, expected).refused(
                "$.items[0] must have a member vector: found [text], file=" + expected);
        Files.writeString(expected, "{\"items\": []}");
        Cli.run("verify", model, expected).refused("there must be an item: $.items is empty, file=" + expected);
        record("a", new float[3], "");
        Cli.run("verify", model, expected).refused(
                "vectors must be as long as the recorded ones: numbers=20, recorded=3, file=" + expected);
        Cli.run("verify", TinyModel.golden("odd"), expected).refused("items must have ids, the folder having no "
                + "tokenizer: file=" + expected + ", folder=" + TinyModel.golden("odd"));
    }
}
