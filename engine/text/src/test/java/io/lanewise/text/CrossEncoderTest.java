package io.lanewise.text;

import java.nio.file.Path;
import java.util.List;

import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.Tokenizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Scores of pairs. */
class CrossEncoderTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() {
        TinyModel.reranker(folder);
    }

    /** REPORTS A7: the document's tokens are of the second type, and the score says so. */
    @Test
    void shouldTellTheModelWhichTextIsWhich() {
        Encoding pair = Tokenizer.load(folder).encode("w1 w2", "w3 w4");
        float right = score(pair.ids(), pair.types());
        assertNotEquals(right, score(pair.ids(), new int[pair.length()]));
        try (CrossEncoder reranker = CrossEncoder.load(folder)) {
            assertEquals(right, reranker.score("w1 w2", "w3 w4"));
        }
    }

    private static float score(int[] ids, int[] types) {
        TokenBatch batch = new TokenBatch(1, true);
        batch.set(new int[][]{ids}, new int[][]{types}, new int[]{0}, 0, 1);
        SessionOptions options = SessionOptions.defaults().inputs("input_ids", "token_type_ids").outputs("scores");
        try (Model model = Model.load(folder); Session session = model.newSession(options)) {
            return session.runTokens(batch).floats("scores").get(0);
        }
    }

    @Test
    void shouldScoreEachDocumentAsIfAlone() {
        List<String> documents = List.of("w1", TinyModel.words(3, 15), "w5 w6", "");
        try (CrossEncoder reranker = CrossEncoder.load(folder)) {
            float[] scores = reranker.score("w9 w8", documents);
            for (int i = 0; i < scores.length; i++) {
                assertEquals(reranker.score("w9 w8", documents.get(i)), scores[i], documents.get(i));
                assertTrue(scores[i] > 0 && scores[i] < 1, "a probability where the folder does not say otherwise");
            }
        }
    }

    /** REPORTS, elasticsearch#127066: of a pair that is too long the longer text is cut, and the query stays whole. */
    @Test
    void shouldCutALongDocumentAndNotTheQuery() {
        int room = TinyModel.PLACES - 3 - 1; // special tokens, and the query's
        try (CrossEncoder reranker = CrossEncoder.load(folder)) {
            float cut = reranker.score("w9", TinyModel.words(0, 10_000));
            assertEquals(reranker.score("w9", TinyModel.words(0, room)), cut);
            assertNotEquals(reranker.score("w9", TinyModel.words(0, room - 1)), cut);
            assertNotEquals(reranker.score("w8", TinyModel.words(0, room)), cut);
            reranker.score(TinyModel.words(0, 10_000), "w9");
        }
    }

    /** REPORTS, spring-ai#1020: models with other options live side by side. */
    @Test
    void shouldLiveBesideAModelWithOtherThreads() {
        try (CrossEncoder one = CrossEncoder.load(folder, TextOptions.defaults().threads(1));
                CrossEncoder two = CrossEncoder.load(folder, TextOptions.defaults().threads(2).sessions(1))) {
            assertEquals(one.score("w1", "w2 w3"), two.score("w1", "w2 w3"));
        }
    }
}
