package io.lanewise;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.lanewise.RandomInputs.Padding;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** After warm-up a run allocates nothing, on no thread: asserted with the JVM's own count of each thread's bytes. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 50;

    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    /** Bytes: memory for outputs larger than all before, and no vectors: a tile of them would be tens of thousands. */
    private static final int MOST_OF_A_FIRST_RUN = 8_000;
    private static final Duration MOST_TIME = Duration.ofSeconds(20); // C2 has compiled everything long before, or never will

    static Stream<RandomLayer> layers() {
        return LayerKinds.all().stream().map(LayerKind::name)
                .map(kind -> RandomLayer.of(kind, 20, 4).withHeads(2).forms().getLast());
    }

    @BeforeEach
    void requireCompiledKernels() {
        String bits = System.getProperty("lanewise.vector.bits", "0");
        assumeTrue(bits.equals("0"), "vectors of a width that the CPU may lack are emulated with objects");
        assumeTrue(vmOption("TieredStopAtLevel").equals("4"), "C2 is off, which is what keeps windows off the heap");
    }

    private static String vmOption(String name) {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(name).getValue();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAllocateNothing(RandomLayer layer) {
        check(layer, SessionOptions.defaults(), Padding.ZERO_TAIL, Padding.LENGTHS, Padding.MARKS);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAllocateNothingForAttentionMaps(RandomLayer layer) {
        check(layer, SessionOptions.defaults().attention(true), Padding.LENGTHS_FROM_ZERO);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAllocateNothingOnTwoThreads(RandomLayer layer) {
        check(layer, SessionOptions.defaults().threads(2), Padding.LENGTHS);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAllocateNothingOpByOp(RandomLayer layer) {
        check(layer, SessionOptions.defaults().without("fuse", "share", "reuse"), Padding.LENGTHS);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAllocateNothingWhenShapesChange(RandomLayer layer) {
        try (Model model = layer.model(); Session session = model.newSession(limits(SessionOptions.defaults()))) {
            RandomInputs batch = RandomInputs.of(model, 30, layer.hidden(), Padding.LENGTHS, 8);
            checkSettled(session, List.of(batch.inputs(), batch.select(5, 3, 1).inputs(), batch.select(1, 2).inputs()),
                    layer + " " + batch);
        }
    }

    /** Boxed vectors are what makes a first run slow, and they are allocated: this is the test of warmUp() that needs no clock. */
    @ParameterizedTest
    @MethodSource("layers")
    void shouldAllocateNothingFromTheFirstRunAfterWarmUp(RandomLayer layer) {
        try (Model model = layer.model(); Session session = model.newSession(limits(SessionOptions.defaults()))) {
            RandomInputs batch = RandomInputs.of(model, 8, layer.hidden(), Padding.LENGTHS, 8);
            List<Inputs> requests = List.of(batch.inputs(), batch.select(5, 3, 1).inputs(),
                    batch.select(1, 2).inputs());
            for (int tries = 0; tries < 5 && session.warmUp().compareTo(GIVEN_UP) >= 0; tries++) {
                // on a busy machine the compiler may need longer than a warm-up waits for it
            }
            long[] self = {Thread.currentThread().threadId()};
            allocated(self);
            long before = allocated(self);
            for (int i = 0; i < requests.size(); i++) {
                session.run(requests.get(i));
            }
            long allocated = allocated(self) - before;
            assertTrue(allocated < MOST_OF_A_FIRST_RUN, layer + " " + batch + ": allocated " + allocated);
        }
    }

    private static void check(RandomLayer layer, SessionOptions options, Padding... paddings) {
        try (Model model = layer.model(); Session session = model.newSession(limits(options))) {
            for (Padding padding : paddings) {
                RandomInputs inputs = RandomInputs.of(model, 30, layer.hidden(), padding, 8);
                checkSettled(session, List.of(inputs.inputs()), layer + " " + inputs);
            }
        }
    }

    private static SessionOptions limits(SessionOptions options) {
        return options.maxBatch(30).maxLength(32);
    }

    /** Runs until a whole round has allocated nothing. */
    private static void checkSettled(Session session, List<Inputs> inputs, String what) {
        session.run(inputs.getFirst());
        long[] threads = workersAndThis();
        long start = System.nanoTime();
        long bytes;
        do {
            bytes = allocated(session, inputs, threads);
        } while (bytes > 0 && System.nanoTime() - start < MOST_TIME.toNanos());
        assertEquals(0, bytes, what + ": bytes allocated by the last " + RUNS + " runs");
    }

    private static long allocated(Session session, List<Inputs> inputs, long[] threads) {
        long before = allocated(threads);
        for (int run = 0; run < RUNS; run++) {
            session.run(inputs.get(run % inputs.size()));
        }
        return allocated(threads) - before;
    }

    private static long allocated(long[] threads) {
        long bytes = 0;
        for (long thread : threads) {
            bytes += THREADS.getThreadAllocatedBytes(thread);
        }
        return bytes;
    }

    private static long[] workersAndThis() {
        Thread self = Thread.currentThread();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread == self || thread.getName().startsWith("lanewise-worker"))
                .mapToLong(Thread::threadId).toArray();
    }
}
