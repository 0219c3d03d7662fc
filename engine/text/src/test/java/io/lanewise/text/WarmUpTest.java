package io.lanewise.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Warming up takes a while, once, and changes no answer. */
@Isolated("allocations are counted")
class WarmUpTest {

    private static final String TEXT = TinyModel.words(3, 12);

    @TempDir
    private Path folder;

    private static <T extends AutoCloseable> void assertWarms(T model, Function<T, Duration> warmUp,
            Function<T, ?> answer) throws Exception {
        try (model) {
            Object before = answer.apply(model);
            assertTrue(warmUp.apply(model).toNanos() > 0);
            assertEquals(before, answer.apply(model));
        }
        assertThrowsExactly(IllegalStateException.class, () -> warmUp.apply(model));
    }

    /** After it the first call allocates ids and vector alone, as later ones do. */
    @Test
    void shouldLeaveNothingToBeDoneByTheFirstCall() {
        TinyModel.embedder(folder);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory
                .getThreadMXBean();
        try (TextEmbedder embedder = TextEmbedder.load(folder)) {
            embedder.warmUp();
            long before = threads.getCurrentThreadAllocatedBytes();
            float[] first = embedder.embed(TEXT);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 16_384, "allocated=" + allocated);
            assertArrayEquals(first, embedder.embed(TEXT));
        }
    }

    @Test
    void shouldWarmUpAReranker() throws Exception {
        TinyModel.reranker(folder);
        assertWarms(CrossEncoder.load(folder), CrossEncoder::warmUp, reranker -> reranker.score("w1 w2", TEXT));
    }

    @Test
    void shouldWarmUpClassifiers() throws Exception {
        TinyModel.classifier(folder, "SequenceClassification", 3);
        assertWarms(TextClassifier.load(folder), TextClassifier::warmUp, classifier -> classifier.classify(TEXT));
        TinyModel.classifier(folder, "TokenClassification", 3);
        assertWarms(TokenClassifier.load(folder), TokenClassifier::warmUp, classifier -> classifier.entities(TEXT));
    }

    @Test
    void shouldWarmUpASparseEmbedder() throws Exception {
        TinyModel.splade(folder);
        assertWarms(SparseEmbedder.load(folder), SparseEmbedder::warmUp,
                embedder -> java.util.Arrays.toString(embedder.embed(TEXT).weights()));
    }

    /** Nobody called: the mean of what calls took would be that of made-up texts. */
    @Test
    void shouldNotBeCounted() {
        TinyModel.embedder(folder);
        try (TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().sessions(1))) {
            embedder.embed(TEXT);
            TextCounters before = embedder.counters();
            embedder.warmUp();
            assertEquals(before, embedder.counters());
            embedder.embed(TEXT);
            assertEquals(2, embedder.counters().calls());
        }
    }

    @Test
    void shouldWarmUpWhileOthersCall() throws Exception {
        TinyModel.embedder(folder);
        try (TextEmbedder embedder = TextEmbedder.load(folder, TextOptions.defaults().sessions(2).threads(2))) {
            float[] expected = embedder.embed(TEXT);
            Thread caller = Thread.ofVirtual().start(() -> {
                for (int call = 0; call < 200; call++) {
                    assertArrayEquals(expected, embedder.embed(List.of(TEXT, "w1"))[0]);
                }
            });
            embedder.warmUp();
            caller.join();
            assertArrayEquals(expected, embedder.embed(TEXT));
        }
    }
}
