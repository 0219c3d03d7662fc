package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;
import io.lanewise.tokenizers.Tokenizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Weights of words, from texts. */
class SparseEmbedderTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        TinyModel.splade(folder);
    }

    /** Weights are log(1 + max(logit, 0)), the largest of all tokens; computed here from the logits. */
    @Test
    void shouldWeighWordsByTheLargestLogitOfAllTokens() {
        String text = "w1 w7 w3";
        int[] ids = Tokenizer.load(folder).ids(text);
        double[] expected = new double[TinyModel.WORDS + 5];
        TokenBatch batch = new TokenBatch(1, false);
        batch.set(new int[][]{ids}, null, new int[]{0}, 0, 1);
        try (Model model = Model.load(folder);
                Session session = model.newSession(SessionOptions.defaults().outputs("logits"))) {
            FloatBuffer logits = session.runTokens(batch).floats("logits");
            for (int i = 0; i < logits.remaining(); i++) {
                expected[i % expected.length] = Math.max(expected[i % expected.length],
                        Math.log1p(Math.max(0, logits.get(i))));
            }
        }
        try (SparseEmbedder embedder = SparseEmbedder.load(folder)) {
            SparseVector vector = embedder.embed(text);
            int[] wanted = java.util.stream.IntStream.range(0, expected.length).filter(id -> expected[id] > 0)
                    .toArray();
            assertTrue(wanted.length > 0 && wanted.length < expected.length, Arrays.toString(expected));
            assertArrayEquals(wanted, vector.ids());
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(expected[wanted[i]], vector.weights()[i], 1e-6, embedder.word(wanted[i]));
            }
            assertEquals("w0", embedder.word(5));
        }
    }

    @Test
    void shouldEmbedEachTextAsIfAlone() {
        List<String> texts = new ArrayList<>(List.of("w1", TinyModel.words(3, 15), "", "w40"));
        for (int i = 0; i < 200; i++) {
            texts.add(TinyModel.words(i, 1 + i % 20));
        }
        try (SparseEmbedder embedder = SparseEmbedder.load(folder)) {
            List<SparseVector> all = embedder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                SparseVector alone = embedder.embed(texts.get(i));
                assertArrayEquals(alone.ids(), all.get(i).ids());
                assertArrayEquals(alone.weights(), all.get(i).weights());
            }
        }
    }

    @Test
    void shouldRefuseAnEmbedderOfOtherVectors(@TempDir Path other) {
        TinyModel.embedder(other);
        assertEquals("the folder must have sparse_embedding: it has [last_hidden_state, sentence_embedding], folder="
                + other, assertThrowsExactly(LanewiseException.class, () -> SparseEmbedder.load(other)).getMessage());
    }
}
