package io.lanewise.text;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Calls that queue while the only session is taken: computed together, each with its own bits and its own mistakes, and counted. */
class ManyCallersTest {

    private static final Executor VIRTUAL = Thread::startVirtualThread;
    private static final long MOST_SECONDS = 30;

    @TempDir
    private static Path folder;

    private TextModel model;
    private SessionPool.Seat taken;

    @BeforeAll
    static void write() {
        TinyModel.embedder(folder);
    }

    @BeforeEach
    void load() {
        model = TextModel.load(folder, TextEmbedder.OUTPUT, false, TextOptions.defaults().sessions(1));
        taken = model.pool().take();
    }

    @AfterEach
    void close() {
        giveBack();
        model.close();
    }

    private void giveBack() {
        if (taken != null) {
            model.pool().giveBack(taken);
            taken = null;
        }
    }

    private CompletableFuture<float[]> call(String... texts) {
        return CompletableFuture.supplyAsync(() -> embed(texts), VIRTUAL);
    }

    private float[] embed(String... texts) {
        float[] vectors = new float[texts.length * TinyModel.FEATURES];
        model.run(model.ids("", List.of(texts)), null,
                (floats, from, count) -> floats.get(0, vectors, from * TinyModel.FEATURES, count * TinyModel.FEATURES));
        return vectors;
    }

    private void awaitWaiting(int calls) throws InterruptedException {
        awaitWaiting(model, calls);
    }

    private static void awaitWaiting(TextModel model, int calls) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (model.counters().waiting() < calls) {
            assertTrue(System.nanoTime() < end, "calls must come to wait: " + model.counters());
            Thread.sleep(1);
        }
    }

    private static <T> T get(CompletableFuture<T> call) throws Exception {
        return call.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldComputeTogetherWhatHasQueued() throws Exception {
        List<CompletableFuture<float[]>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(i % 5 == 4
                    ? call(TinyModel.words(i, 3), TinyModel.words(i, 1 + i))
                    : call(TinyModel.words(i, 1 + i)));
        }
        awaitWaiting(20);
        giveBack();
        List<float[]> answers = new ArrayList<>();
        for (CompletableFuture<float[]> call : calls) {
            answers.add(get(call));
        }
        TextCounters counters = model.counters();
        assertEquals(21, counters.calls());
        assertEquals(24, counters.texts());
        assertTrue(counters.runs() < 4, "calls must share runs: " + counters);
        assertTrue(counters.queueNanos() > 0 && counters.computeNanos() > 0, counters.toString());
        for (int i = 0; i < 20; i++) {
            float[] alone = i % 5 == 4
                    ? embed(TinyModel.words(i, 3), TinyModel.words(i, 1 + i))
                    : embed(TinyModel.words(i, 1 + i));
            assertArrayEquals(alone, answers.get(i), "call " + i);
        }
    }

    @Test
    void shouldLeaveTheRestForTheNextRunWhenThereIsNoRoom() throws Exception {
        int mostTexts = SharedRun.MOST_ROWS / TinyModel.PLACES;
        List<CompletableFuture<float[]>> calls = IntStream.range(0, 2 * mostTexts + 1)
                .mapToObj(i -> call(TinyModel.words(i, TinyModel.PLACES))).toList();
        awaitWaiting(calls.size());
        giveBack();
        for (CompletableFuture<float[]> call : calls) {
            get(call);
        }
        TextCounters counters = model.counters();
        assertTrue(counters.runs() >= 3 && counters.runs() < calls.size() / 2, counters.toString());
        assertEquals((long) calls.size() * TinyModel.PLACES, counters.tokens());
    }

    @Test
    void shouldNotMixLongListsWithOthers() throws Exception {
        String[] many = IntStream.range(0, 200).mapToObj(i -> TinyModel.words(i, 1 + i % 20)).toArray(String[]::new);
        CompletableFuture<float[]> list = call(many);
        awaitWaiting(1);
        CompletableFuture<float[]> one = call("w1");
        awaitWaiting(2);
        giveBack();
        assertArrayEquals(embed(many), get(list));
        assertArrayEquals(embed("w1"), get(one));
    }

    @Test
    void shouldLetEachCallerLearnOfItsOwnMistakeAlone() throws Exception {
        CompletableFuture<float[]> before = call("w1 w2");
        awaitWaiting(1);
        CompletableFuture<Void> wrong = CompletableFuture.runAsync(
                () -> model.run(new int[][]{{1_000_000}}, null, (_, _, _) -> {}), VIRTUAL);
        awaitWaiting(2);
        CompletableFuture<float[]> after = call("w3");
        awaitWaiting(3);
        giveBack();
        assertArrayEquals(embed("w1 w2"), get(before));
        assertArrayEquals(embed("w3"), get(after));
        assertInstanceOf(LanewiseException.class,
                assertThrowsExactly(CompletionException.class, wrong::join).getCause());
    }

    /** What fails behind a caller's own texts has them computed again, by themselves. */
    private static <T> List<T> besideOneThatFailsOnce(TextModel model, Supplier<List<T>> call)
            throws Exception {
        SessionPool.Seat seat = model.pool().take();
        CompletableFuture<List<T>> first = CompletableFuture.supplyAsync(call, VIRTUAL);
        awaitWaiting(model, 1);
        int[][] ids = model.ids("", List.of("w5"));
        AtomicInteger told = new AtomicInteger();
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> model.run(ids, model.hasTypes() ? new int[][]{new int[ids[0].length]} : null,
                        (_, _, _) -> {
                            if (told.getAndIncrement() == 0) {
                                throw new OutOfMemoryError("once");
                            }
                        }),
                VIRTUAL);
        awaitWaiting(model, 2);
        model.pool().giveBack(seat);
        get(second);
        assertEquals(2, told.get());
        return get(first);
    }

    @Test
    void shouldAnswerEachTextOnceWhenAnotherCallersPartFails(@TempDir Path other) throws Exception {
        TinyModel.splade(other);
        List<String> texts = List.of("w1 w2", "w3");
        TextOptions one = TextOptions.defaults().sessions(1);
        try (SparseEmbedder embedder = SparseEmbedder.load(other, one)) {
            assertEquals(2, besideOneThatFailsOnce(embedder.model, () -> embedder.embed(texts))
                    .size());
        }
        TinyModel.classifier(other, "SequenceClassification", 3);
        try (TextClassifier classifier = TextClassifier.load(other, one)) {
            assertEquals(classifier.classify(texts),
                    besideOneThatFailsOnce(classifier.model, () -> classifier.classify(texts)));
        }
    }

    @Test
    void shouldRefuseCallsThatWaitWhenItIsClosed() throws Exception {
        CompletableFuture<float[]> waits = call("w1");
        awaitWaiting(1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(model::close, VIRTUAL);
        assertEquals("a model must not be used after it is closed: model=bert",
                assertThrowsExactly(CompletionException.class, waits::join).getCause().getMessage());
        assertFalse(closing.isDone(), "a call in flight must be waited for");
        giveBack();
        get(closing);
    }

    @Test
    void shouldAnswerAnInterruptedCallerAndLeaveItInterrupted() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        CompletableFuture<float[]> answer = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            answer.complete(embed("w1 w2"));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        awaitWaiting(1);
        caller.interrupt();
        Thread.sleep(20);
        assertFalse(answer.isDone());
        giveBack();
        assertArrayEquals(embed("w1 w2"), get(answer));
        caller.join();
        assertTrue(interrupted.get());
    }

    /** As many sessions as carriers: a virtual thread that computes lets nobody else come to wait, unless it makes way before. */
    @Test
    void shouldGatherVirtualThreadsThatHaveNoCarrier() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        int callers = 16 * processors;
        int each = 20;
        try (TextModel many = TextModel.load(folder, TextEmbedder.OUTPUT, false,
                TextOptions.defaults().sessions(processors))) {
            CountDownLatch ready = new CountDownLatch(callers);
            List<CompletableFuture<Void>> calls = IntStream.range(0, callers)
                    .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                        ready.countDown();
                        try {
                            ready.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        for (int i = 0; i < each; i++) {
                            many.run(many.ids("", List.of(TinyModel.words(caller, 1 + i))), null, (_, _, _) -> {});
                        }
                    }, VIRTUAL)).toList();
            for (CompletableFuture<Void> call : calls) {
                get(call);
            }
            TextCounters counters = many.counters();
            assertEquals(callers * each, counters.texts());
            assertTrue(counters.runs() < counters.texts() / 4, counters.toString());
        }
    }

    /** No call is lost, none mixed up with another, whatever comes together. */
    @Test
    void shouldGiveManyCallersTheirOwnBits() throws Exception {
        giveBack();
        List<float[]> alone = IntStream.range(0, 20).mapToObj(i -> embed(TinyModel.words(i, 1 + i))).toList();
        List<CompletableFuture<Void>> callers = IntStream.range(0, 32)
                .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 40; i++) {
                        int text = (caller + i) % 20;
                        assertTrue(Arrays.equals(alone.get(text), embed(TinyModel.words(text, 1 + text))));
                    }
                }, VIRTUAL)).toList();
        for (CompletableFuture<Void> caller : callers) {
            get(caller);
        }
        TextCounters counters = model.counters();
        assertEquals(32 * 40 + 20 + 1, counters.calls());
        assertEquals(32 * 40 + 20, counters.texts());
        assertTrue(counters.runs() < counters.calls(), counters.toString());
        assertEquals(0, counters.waiting() + counters.sessionsInUse());
        assertTrue(counters.workspaceBytes() > 0 && !counters.kernels().isEmpty(), counters.toString());
    }

    /** What a seat counted must not be there any more when the next call finds it. */
    @Test
    void shouldCountEachCallOnceWhoeverHasItsSeatNext() throws Exception {
        int each = 50_000;
        try (TextModel two = TextModel.load(folder, TextEmbedder.OUTPUT, false, TextOptions.defaults().sessions(2))) {
            List<CompletableFuture<Void>> callers = IntStream.range(0, 3)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < each; i++) {
                            two.pool().giveBack(two.pool().take());
                        }
                    }, VIRTUAL)).toList();
            for (CompletableFuture<Void> caller : callers) {
                get(caller);
            }
            assertEquals(3L * each, two.counters().calls());
        }
    }

    @Test
    void shouldShowItsCountersToJmxUntilItIsClosed() throws Exception {
        giveBack();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.lanewise:type=TextModel,name=\"many, callers\"");
        try (TextEmbedder embedder = TextEmbedder.load(folder)) {
            embedder.registerMBean("many, callers");
            embedder.embed("w1 w2");
            assertEquals(1L, server.getAttribute(name, "Calls"));
            assertEquals(4L, server.getAttribute(name, "Tokens"));
            assertEquals(embedder.counters().kernels(), server.getAttribute(name, "Kernels"));
            for (String attribute : List.of("Texts", "Runs", "QueueMillis", "ComputeMillis", "Waiting", "SessionsInUse",
                    "Sessions", "WorkspaceBytes")) {
                assertInstanceOf(Number.class, server.getAttribute(name, attribute), attribute);
            }
            assertEquals("a bean's name must be its own: name='many, callers'", assertThrowsExactly(
                    LanewiseException.class, () -> embedder.registerMBean("many, callers")).getMessage());
        }
        assertFalse(server.isRegistered(name));
    }

    @Test
    void shouldNotBeShownToJmxOnceItIsClosed() throws Exception {
        giveBack();
        model.close();
        assertEquals("a model must not be shown after it is closed: name=closed",
                assertThrowsExactly(IllegalStateException.class, () -> model.registerBean("closed")).getMessage());
        assertFalse(ManagementFactory.getPlatformMBeanServer()
                .isRegistered(new ObjectName("io.lanewise:type=TextModel,name=\"closed\"")));
    }
}
