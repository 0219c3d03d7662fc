package io.lanewise.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

/** A list's message says which of its texts is at fault; that of a single text need not. */
class TextExceptionTest {

    private static final TextOptions SHORT = TextOptions.defaults().maxTokens(6).longTexts(LongTexts.REFUSE);
    private static final String LONG = TinyModel.words(0, 9);
    private static final String RULE = "a text must have at most 6 tokens: tokens=11";

    @TempDir
    private Path folder;

    private static void assertSays(String list, int index, Executable call) {
        TextException said = assertThrowsExactly(TextException.class, call);
        assertEquals("%s, %s[%d]".formatted(RULE, list, index), said.getMessage());
        assertEquals(index, said.index());
        assertEquals(RULE, said.getCause().getMessage());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrowsExactly(LanewiseException.class, call).getMessage());
    }

    @Test
    void shouldSayWhichTextIsTooLongToBeEmbedded() {
        TinyModel.embedder(folder);
        try (TextEmbedder embedder = TextEmbedder.load(folder, SHORT)) {
            assertSays("texts", 2, () -> embedder.embed(List.of("w1", "w2", LONG, LONG)));
            assertSays("texts", 0, () -> embedder.embed(List.of(LONG)));
            assertRefused(RULE, () -> embedder.embed(LONG));
            assertEquals("texts[1]", assertThrowsExactly(NullPointerException.class,
                    () -> embedder.embed(Arrays.asList("w1", null))).getMessage());
            assertEquals("text", assertThrowsExactly(NullPointerException.class, () -> embedder.embed((String) null))
                    .getMessage());
        }
        try (TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().longTexts(LongTexts.AVERAGE))) {
            assertEquals("texts[1]", assertThrowsExactly(NullPointerException.class,
                    () -> embedder.embed(Arrays.asList("w1", null))).getMessage());
        }
    }

    @Test
    void shouldSayWhichPairIsTooLong() {
        TinyModel.reranker(folder);
        String rule = RULE.replace("11", "13");
        try (CrossEncoder reranker = CrossEncoder.load(folder, SHORT)) {
            TextException said = assertThrowsExactly(TextException.class,
                    () -> reranker.score("w1", List.of("w2", LONG)));
            assertEquals(rule + ", pairs[1]", said.getMessage());
            assertRefused(rule, () -> reranker.score("w1", LONG));
            assertEquals("pairs[1]", assertThrowsExactly(NullPointerException.class,
                    () -> reranker.score(Arrays.asList(new TextPair("w1", "w2"), null))).getMessage());
        }
    }

    @Test
    void shouldSayWhichTextIsTooLongToBeLabelled() {
        TinyModel.classifier(folder, "SequenceClassification", 3);
        try (TextClassifier classifier = TextClassifier.load(folder, SHORT)) {
            assertSays("texts", 1, () -> classifier.classify(List.of("w1", LONG)));
            assertRefused(RULE, () -> classifier.classify(LONG));
        }
    }

    @Test
    void shouldSayWhichTextIsTooLongForWeightsOfWords() {
        TinyModel.splade(folder);
        try (SparseEmbedder embedder = SparseEmbedder.load(folder, SHORT)) {
            assertSays("texts", 1, () -> embedder.embed(List.of("w1", LONG)));
            assertRefused(RULE, () -> embedder.embed(LONG));
        }
    }
}
