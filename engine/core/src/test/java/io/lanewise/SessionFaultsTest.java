package io.lanewise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.memory.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What goes wrong beneath a caller leaves sessions and models as usable as before, and neither memory nor threads behind. */
@Isolated("counts the JVM's memory and threads")
class SessionFaultsTest {

    private static final int FEATURES = 6;
    private static final int BATCH = 40;
    private static final int MODELS = Tries.of(300, 10_000);
    private static final String TOO_MUCH = "a session's limits must fit in the JVM's memory: ";
    private static final SessionOptions THREE_THREADS = SessionOptions.defaults().maxBatch(BATCH).maxLength(8)
            .threads(3);

    private final RandomLayer layer = RandomLayer.of("self-attention", FEATURES, 1);
    private final Model model = layer.model();
    private final RandomInputs inputs = RandomInputs.of(model, BATCH, FEATURES, Padding.NONE, 1);

    @AfterEach
    void close() {
        model.close();
        assertEquals(List.of(), workers());
    }

    /** Returns the sessions' threads that there are. */
    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lanewise-worker")).toList();
    }

    /** Returns the bytes of all blocks: exact, unlike what the process holds; the JVM counts none of them. */
    private static long memory() throws InterruptedException {
        awaitTrials();
        return Block.liveBytes();
    }

    /** Waits until no kernel is tried, which takes memory of its own: without a session that needs one, none is for long. */
    private static void awaitTrials() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("lanewise-kernels")) {
                thread.join();
            }
        }
    }

    private float[] run(Session session) {
        return session.run(inputs.inputs()).segment("output").toArray(JAVA_FLOAT);
    }

    // ---------------------------------------------------------------- under a run

    @Test
    void shouldStayUsableWhenMemoryIsFreedUnderItsWorkers() throws InterruptedException {
        try (Session session = model.newSession(THREE_THREADS)) {
            float[] expected = run(session);
            float[] cells = inputs.all().getFirst().cells();
            for (int round = 0; round < 100; round++) {
                Arena arena = Arena.ofShared();
                MemorySegment segment = arena.allocateFrom(JAVA_FLOAT, cells);
                Inputs freed = Inputs.of("input", Tensor.of(segment, BATCH, 7, FEATURES));
                CountDownLatch running = new CountDownLatch(1);
                Thread runner = Thread.ofPlatform().start(() -> assertEndsFreed(session, freed, running));
                running.await();
                arena.close();
                runner.join();
                assertArrayEquals(expected, run(session));
            }
        }
    }

    private static void assertEndsFreed(Session session, Inputs inputs, CountDownLatch running) {
        String message = assertThrowsExactly(IllegalStateException.class, () -> {
            while (true) {
                session.run(inputs);
                running.countDown();
            }
        }).getMessage();
        assertEquals("an input must not be used after its memory is freed: input=input", message);
    }

    @Test
    void shouldRunOnWhenItsCallerIsInterrupted() throws InterruptedException {
        try (Session session = model.newSession(THREE_THREADS)) {
            float[] expected = run(session);
            Thread caller = Thread.currentThread();
            Thread nuisance = Thread.ofPlatform().start(() -> interrupt(caller));
            for (int i = 0; i < 1000; i++) {
                assertArrayEquals(expected, run(session));
            }
            assertTrue(caller.isInterrupted());
            Thread.interrupted();
            nuisance.interrupt();
            while (nuisance.isAlive()) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }

    private static void interrupt(Thread caller) {
        while (!Thread.currentThread().isInterrupted()) {
            caller.interrupt();
        }
    }

    @Test
    void shouldBeUsableByOthersWhenItsCallerHasGone() throws InterruptedException {
        try (Session session = model.newSession(THREE_THREADS)) {
            float[] expected = run(session);
            for (int i = 0; i < 100; i++) {
                Thread.ofPlatform().start(() -> run(session)).join();
            }
            assertArrayEquals(expected, run(session));
        }
    }

    @Test
    void shouldBeClosedWhicheverOfTwoClosersReturns() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        for (int round = 0; round < 100; round++) {
            Session session = model.newSession(THREE_THREADS);
            FutureTask<List<Thread>> other = new FutureTask<>(() -> workersAfterClose(session, start));
            Thread.ofPlatform().start(other);
            assertEquals(List.of(), workersAfterClose(session, start));
            assertEquals(List.of(), other.get());
        }
    }

    private static List<Thread> workersAfterClose(Session session, CyclicBarrier start) throws Exception {
        start.await();
        session.close();
        return workers();
    }

    // ---------------------------------------------------------------- when a session opens

    @Test
    void shouldLeaveNothingBehindWhenLimitsAreTooLarge() throws InterruptedException {
        model.newSession(THREE_THREADS).close(); // the model keeps weights that it has packed, for each of two ways to plan
        model.newSession(THREE_THREADS.without("fuse")).close();
        long before = memory();
        assertTooMuch(THREE_THREADS.maxBatch(Integer.MAX_VALUE).maxLength(Integer.MAX_VALUE)); // more rows than can be counted
        assertTooMuch(THREE_THREADS.maxBatch(Integer.MAX_VALUE).maxLength(1)); // than an array has
        assertTooMuch(THREE_THREADS.maxBatch(1).maxLength(1 << 20).without("fuse")); // terabytes of scores, kept whole
        assertEquals(before, memory());
        try (Session session = model.newSession(THREE_THREADS)) {
            run(session);
        }
    }

    private void assertTooMuch(SessionOptions options) {
        String message = assertThrows(LanewiseException.class, () -> model.newSession(options).close()).getMessage();
        assertTrue(message.startsWith(TOO_MUCH), message);
        assertEquals(List.of(), workers());
    }

    /** Stacks of half a gigabyte fill the addresses that the process may use long before 1024 threads are started. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLeaveNothingBehindWhenThreadsAreNotToBeHad() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "ulimit -v 12000000 && exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-Xss512m",
                "--add-modules", "jdk.incubator.vector", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), FewThreads.class.getName()).redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    /** What runs where threads are few. */
    static final class FewThreads {

        private FewThreads() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Model model = RandomLayer.of("self-attention", FEATURES, 1).model()) {
                model.newSession(THREE_THREADS.threads(2)).close();
                long before = memory();
                String message = assertThrows(LanewiseException.class,
                        () -> model.newSession(THREE_THREADS.threads(1024))).getMessage();
                assertTrue(message.startsWith(TOO_MUCH) && message.contains("thread"), message);
                assertEquals(List.of(), workers());
                assertEquals(before, memory());
                model.newSession(THREE_THREADS.threads(2)).close();
            }
        }
    }

    // ---------------------------------------------------------------- again and again

    @Test
    void shouldTakeNoMemoryWhenModelsComeAndGo() throws InterruptedException {
        long before = memory();
        for (int i = 0; i < MODELS; i++) {
            try (Model other = layer.model(); Session session = other.newSession(THREE_THREADS.threads(1 + i % 2))) {
                session.run(inputs.inputs());
            }
        }
        assertEquals(before, memory());
    }
}
