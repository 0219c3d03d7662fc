package io.lanewise;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.lanewise.Thrown.assertRefused;
import static io.lanewise.Thrown.assertUntimely;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Calls at the wrong time, from the wrong thread and with memory that is not there: an exception, then all goes on. */
class SessionMisuseTest {

    private static final int FEATURES = 6;
    private static final int FLOATS = 2 * 3 * FEATURES;

    private final Model model = RandomLayer.of("self-attention", FEATURES, 1).model();
    private final Session session = model.newSession(SessionOptions.defaults().maxBatch(2).maxLength(8));

    @AfterEach
    void close() {
        session.close();
        model.close();
    }

    private static Inputs inputs() {
        float[] cells = new float[FLOATS];
        for (int i = 0; i < FLOATS; i++) {
            cells[i] = (float) Math.sin(i);
        }
        return Inputs.of("input", Tensor.copyOf(cells, 2, 3, FEATURES));
    }

    private float[] run() {
        float[] output = new float[FLOATS];
        session.run(inputs()).floats("output").get(output);
        return output;
    }

    @Test
    void shouldRefuseToRunAfterClose() {
        session.close();
        assertUntimely("a session must not be used after it is closed: layer=self-attention",
                () -> session.run(inputs()));
        assertUntimely("a session must not be used after it is closed: layer=self-attention", session::warmUp);
    }

    @Test
    void shouldAllowToCloseTwice() {
        session.close();
        session.close();
        model.close();
        model.close();
        assertUntimely("a model must not be used after it is closed: layer=self-attention", model::newSession);
    }

    @Test
    void shouldKeepAModelOpenForItsSessions() {
        Session other = model.newSession();
        assertUntimely("a model must not be closed before its sessions: layer=self-attention, open sessions=2",
                model::close);
        other.close();
        other.close();
        assertUntimely("a model must not be closed before its sessions: layer=self-attention, open sessions=1",
                model::close);
        run();
    }

    @Test
    void shouldNotLetOutputsBeReadAfterClose() {
        Outputs outputs = session.run(inputs());
        FloatBuffer floats = outputs.floats("output");
        MemorySegment segment = outputs.segment("output");
        session.close();
        assertThrows(IllegalStateException.class, () -> floats.get(0));
        assertThrows(IllegalStateException.class, () -> segment.get(JAVA_FLOAT, 0));
        assertUntimely("an output must not be read after its session is closed: output=output",
                () -> outputs.floats("output"));
        assertUntimely("an output must not be read after its session is closed: output=output",
                () -> outputs.segment("output"));
    }

    @Test
    void shouldGiveWholeOutputsWhateverTheLastReaderDid() {
        Outputs outputs = session.run(inputs());
        outputs.floats("output").position(3).limit(5);
        assertEquals(FLOATS, outputs.floats("output").remaining());
    }

    @Test
    void shouldNameTheOutputsThatThereAre() {
        Outputs outputs = session.run(inputs());
        assertRefused("output must be one of [output]: output=attention", () -> outputs.floats("attention"));
    }

    @Test
    void shouldRefuseInputsInItsOwnOutputs() {
        float[] expected = run();
        MemorySegment output = session.run(inputs()).segment("output");
        String message = "an input must not lie in the session's own outputs, copy it first: input=input";
        Inputs whole = Inputs.of("input", Tensor.of(output, 2, 3, FEATURES));
        assertRefused(message, () -> session.run(whole));
        Inputs part = Inputs.of("input", Tensor.of(output.asSlice(FEATURES * Float.BYTES, FEATURES * Float.BYTES), 1, 1,
                FEATURES));
        assertRefused(message, () -> session.run(part));
        assertArrayEquals(expected, run());
    }

    @Test
    void shouldStayUsableWhenAnInputIsGone() {
        float[] expected = run();
        Arena arena = Arena.ofShared();
        Inputs gone = Inputs.of("input", Tensor.of(arena.allocate(FLOATS * Float.BYTES, 4), 2, 3, FEATURES));
        arena.close();
        assertUntimely("an input must not be used after its memory is freed: input=input", () -> session.run(gone));
        assertArrayEquals(expected, run());
    }

    @Test
    void shouldStayUsableWhenAnInputIsAnotherThreads() throws InterruptedException, ExecutionException {
        float[] expected = run();
        try (Arena arena = Arena.ofConfined()) {
            Inputs confined = Inputs.of("input", Tensor.of(arena.allocate(FLOATS * Float.BYTES, 4), 2, 3, FEATURES));
            FutureTask<Void> other = new FutureTask<>(() -> {
                assertRefused(unreadable(1), () -> session.run(confined));
                return null;
            });
            Thread.ofPlatform().start(other);
            other.get();
        }
        assertArrayEquals(expected, run());
    }

    @Test
    void shouldRefuseWhatItsWorkersCannotRead() {
        try (Arena arena = Arena.ofConfined();
                Session two = model.newSession(SessionOptions.defaults().threads(2))) {
            Inputs confined = Inputs.of("input", Tensor.of(arena.allocate(FLOATS * Float.BYTES, 4), 2, 3, FEATURES));
            session.run(confined);
            assertRefused(unreadable(2), () -> two.run(confined));
        }
    }

    private static String unreadable(int threads) {
        return "an input must be readable by all threads of the session, use a shared arena: input=input, threads="
                + threads;
    }

    @Test
    void shouldStayOpenWhileAnOutputIsInUse() throws IOException, InterruptedException {
        float[] expected = run();
        ByteBuffer output = session.run(inputs()).segment("output").asByteBuffer();
        Pipe pipe = fullPipe();
        Thread writer = Thread.ofPlatform().start(() -> writeUntilClosed(pipe, output));
        while (Stream.of(writer.getStackTrace()).noneMatch(frame -> frame.getMethodName().equals("write0"))) {
            Thread.onSpinWait(); // until it is stuck with the output in its hands
        }
        assertUntimely("an output must not be in use elsewhere when its memory is freed: output=output",
                session::close);
        assertArrayEquals(expected, run());
        pipe.source().close();
        writer.join();
        session.close();
    }

    private static Pipe fullPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.sink().configureBlocking(false);
        while (pipe.sink().write(ByteBuffer.allocate(1 << 16)) > 0) {
            // until no more goes in
        }
        pipe.sink().configureBlocking(true);
        return pipe;
    }

    private static void writeUntilClosed(Pipe pipe, ByteBuffer output) {
        try (Pipe.SinkChannel sink = pipe.sink()) {
            sink.write(output);
        } catch (IOException brokenPipe) {
            // as the test wants it
        }
    }

    @Test
    void shouldSayWhatIsNull() {
        assertThrows(NullPointerException.class, () -> session.run(null));
        assertEquals("an input must have a tensor", assertThrows(NullPointerException.class,
                () -> Inputs.of("input", null)).getMessage());
        assertEquals("an input must have a name", assertThrows(NullPointerException.class,
                () -> inputs().and(null, Tensor.copyOf(new float[1], 1))).getMessage());
        run();
    }

    @Test
    void shouldRefuseASecondCallerWhileItRuns() throws InterruptedException, ExecutionException {
        float[] expected = run();
        BlockingRun running = new BlockingRun(session);
        assertUntimely("a session runs for one thread at a time: layer=self-attention, thread="
                + Thread.currentThread().getName(), () -> session.run(inputs()));
        assertUntimely("a session must not be closed while it runs: layer=self-attention", session::close);
        assertUntimely("a model must not be closed before its sessions: layer=self-attention, open sessions=1",
                model::close);
        assertArrayEquals(expected, running.finish());
        assertArrayEquals(expected, run());
    }

    /** A run that stays in the middle, while it is asking which rows are padding, until it is told to go on. */
    private static final class BlockingRun {

        private final CountDownLatch goOn = new CountDownLatch(1);
        private final FutureTask<float[]> result;

        BlockingRun(Session session) throws InterruptedException {
            CountDownLatch inTheMiddle = new CountDownLatch(1);
            boolean[][] valid = {{true, true, true}, {true, true, true}};
            Inputs.Entry given = inputs().get(0);
            Inputs inputs = Inputs.none().add(new Inputs.Entry("input", given.tensor(), null, valid, (sample, row) -> {
                inTheMiddle.countDown();
                await(goOn);
                return false;
            }));
            result = new FutureTask<>(() -> {
                float[] output = new float[FLOATS];
                session.run(inputs).floats("output").get(output);
                return output;
            });
            Thread.ofPlatform().start(result);
            inTheMiddle.await();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        float[] finish() throws InterruptedException, ExecutionException {
            goOn.countDown();
            return result.get();
        }
    }
}
