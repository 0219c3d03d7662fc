package io.lanewise.text;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** all-MiniLM-L6-v2, real weights and words: vectors that were recorded in float64, and the same bits in every company. */
class RealVectorsTest {

    private static final int LIMIT = 512; // of the recorded texts; the folder says 256

    private static List<Json> items;
    private static List<String> texts;
    private static TextEmbedder embedder;
    private static float[][] alone; // by text

    @BeforeAll
    static void load() throws URISyntaxException {
        items = JsonFile.settings(Path.of(RealVectorsTest.class.getResource("/encoders/minilm.json").toURI()))
                .get("items").list();
        texts = items.stream().map(item -> item.get("text").text()).toList();
        embedder = TextEmbedder.load(HubFolder.minilm(), TextOptions.defaults().maxTokens(LIMIT).sessions(2));
        alone = texts.stream().map(embedder::embed).toArray(float[][]::new);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Test
    void shouldEmbedAsRecorded() {
        for (Json item : items) {
            float[] vector = alone[items.indexOf(item)];
            List<Json> expected = item.get("vector").list();
            assertEquals(expected.size(), vector.length);
            double worst = IntStream.range(0, vector.length)
                    .mapToDouble(i -> Math.abs(vector[i] - expected.get(i).number())).max().orElseThrow();
            assertTrue(worst < 2e-6, () -> "largest difference %.3g: %s".formatted(worst, item.get("text")));
        }
    }

    /** REPORTS A12: ids as the reference has them, and a vector that is right rather than merely of length 1. */
    @Test
    void shouldEmbedWhatOthersGotWrong() {
        assertEquals(10, embedder.tokens("This is a test document about machine learning"));
        float[] sunny = embedder.embed("today is sunny");
        double[] reference = {-0.023315, 0.089757, 0.078480, 0.061071, 0.048994, -0.055308, 0.13658, -0.092474,
                -0.043958, -0.0056036};
        for (int i = 0; i < reference.length; i++) {
            assertEquals(reference[i], sunny[i], 1e-5, "sunny[" + i + "]");
        }
        assertEquals(1, Math.sqrt(IntStream.range(0, sunny.length).mapToDouble(i -> sunny[i] * sunny[i]).sum()), 1e-6);
        float[] document = embedder.embed("This is a test document about machine learning");
        assertTrue(Math.abs(document[0] + 0.000943) > 1e-4, "Jlama's wrong vector begins with -0.000943");
    }

    @Test
    void shouldGiveEachTextOfAListTheBitsThatItHasAlone() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(order, new Random(1));
        float[][] list = embedder.embed(order.stream().map(texts::get).toList());
        for (int i = 0; i < list.length; i++) {
            assertArrayEquals(alone[order.get(i)], list[i], texts.get(order.get(i)));
        }
    }

    @Test
    void shouldGiveTheSameBitsToManyThreads() throws Exception {
        List<String> few = texts.stream().filter(text -> text.length() < 200).toList();
        for (boolean virtual : new boolean[]{false, true}) {
            try (ExecutorService threads = virtual
                    ? Executors.newVirtualThreadPerTaskExecutor()
                    : Executors.newFixedThreadPool(8)) {
                List<Callable<Boolean>> calls = IntStream.range(0, 24).<Callable<Boolean>>mapToObj(
                        i -> () -> isAsAlone(few.get(i % few.size())))
                        .toList();
                for (Future<Boolean> call : threads.invokeAll(calls)) {
                    assertTrue(call.get(), "virtual=" + virtual);
                }
            }
        }
    }

    private static boolean isAsAlone(String text) {
        return Arrays.equals(embedder.embed(text), alone[texts.indexOf(text)]);
    }

    @Test
    void shouldGiveTheSameBitsWithSeveralThreadsACall() {
        try (TextEmbedder threaded = TextEmbedder.load(HubFolder.minilm(),
                TextOptions.defaults().maxTokens(LIMIT).sessions(1).threads(2))) {
            String longest = texts.stream().max((a, b) -> Integer.compare(a.length(), b.length())).orElseThrow();
            assertArrayEquals(alone[texts.indexOf(longest)], threaded.embed(longest));
            assertArrayEquals(alone[0], threaded.embed(texts.getFirst()));
        }
    }

    // ---------------------------------------------------------------- lengths

    /** REPORTS A6: the folder names 128, 256 and 512 tokens; sentence-transformers takes 256. */
    @Test
    void shouldCutWhereSentenceTransformersDoes() {
        try (TextEmbedder asItIs = TextEmbedder.load(HubFolder.minilm())) {
            assertEquals(256, asItIs.maxTokens());
            assertEquals(302, asItIs.tokens("word ".repeat(300)));
            assertArrayEquals(asItIs.embed("word ".repeat(254)), asItIs.embed("word ".repeat(300)));
            assertTrue(!Arrays.equals(asItIs.embed("word ".repeat(253)), asItIs.embed("word ".repeat(300))));
        }
    }

    /** REPORTS A6: without any limit, the table of positions is one. */
    @Test
    void shouldCutAtTheTableOfPositions() {
        assertArrayEquals(embedder.embed("word ".repeat(510)), embedder.embed("word ".repeat(5_000)));
    }
}
