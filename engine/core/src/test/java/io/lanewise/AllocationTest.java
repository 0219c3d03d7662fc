package io.lanewise;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.lanewise.RandomInputs.Padding;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** After warm-up a run allocates nothing, on no thread: asserted with the JVM's own count of each thread's bytes. */
@Isolated("arenas that others close would have compiled loops end in the interpreter, which allocates")
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 50;
    private static final int MOST_ROWS = 70;
    private static final int[] LENGTHS = {1, 2, 3, 4, 5, 6, 7, 9, 14, 17, 19, 33, 49, MOST_ROWS};

    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    /** Bytes: texts of a class of which C2 compiles a method, and no vectors: a tile of them would be tens of thousands. */
    private static final int MOST_AFTER_WARM_UP = 8_000;
    private static final Duration MOST_TIME = Duration.ofSeconds(20); // C2 has compiled everything long before, or never will

    static Stream<RandomLayer> layers() {
        return LayerKinds.attention().stream().map(LayerKind::name)
                .map(kind -> RandomLayer.of(kind, 20, 4).withHeads(2).forms().getLast());
    }

    @BeforeEach
    void requireCompiledKernels() {
        String bits = System.getProperty("lanewise.vector.bits", "0");
        assumeTrue(bits.equals("0"), "vectors of a width that the CPU may lack are emulated with objects");
        assumeTrue(vmOption("TieredStopAtLevel").equals("4"), "C2 is off, which is what keeps windows off the heap");
        assumeFalse(Boolean.getBoolean("lanewise.memory.guard"), "the check of guard zones after each run allocates");
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
            checkWarm(session, List.of(batch.inputs(), batch.select(5, 3, 1).inputs(), batch.select(1, 2).inputs()),
                    layer.toString());
        }
    }

    /** A little of everything: recurrences of both kinds, a graph, ids, candidates, a fusion, attention maps. */
    static Stream<HgaGolden> hga() {
        return Stream.of("gcn", "block-fusion", "count-gru-coattn", "trans-lstm-bi-self-coattn").map(HgaGolden::of);
    }

    /** Each waits for kernels to be compiled that no other layer has. */
    static Stream<HgaGolden> someHga() {
        return Tries.of(0, 1) == 0 ? Stream.of(HgaGolden.of("count-gru-coattn")) : hga();
    }

    @ParameterizedTest
    @MethodSource("hga")
    void shouldAllocateNothingForHga(HgaGolden golden) {
        try (Model model = Model.load(golden.weights());
                Session session = model.newSession(hga(model).threads(2).attention(true))) {
            checkSettled(session, List.of(golden.inputs()), golden.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("someHga")
    void shouldAllocateNothingForHgaFromTheFirstRunAfterWarmUp(HgaGolden golden) {
        try (Model model = Model.load(golden.weights()); Session session = model.newSession(hga(model))) {
            checkWarm(session, List.of(golden.inputs()), golden.toString());
        }
    }

    private static SessionOptions hga(Model model) {
        return limits(SessionOptions.defaults()).outputs(model.outputs().toArray(String[]::new));
    }

    /** Which tiles a run needs depends on both lengths, and on which is longer: that decides the plan. */
    @Test
    void shouldAllocateNothingWhateverTheLengthsAfterWarmUp() {
        RandomLayer layer = RandomLayer.of("masked-multi-head-attention", 128, 4).withHeads(2);
        SessionOptions options = SessionOptions.defaults().maxBatch(16).maxLength(MOST_ROWS);
        try (Model model = layer.model(); Session session = model.newSession(options)) {
            List<Inputs> requests = new ArrayList<>();
            for (int queries : LENGTHS) {
                for (int keys : LENGTHS) {
                    requests.add(inputs(model, 1, queries, keys));
                }
            }
            requests.add(inputs(model, 16, MOST_ROWS, MOST_ROWS));
            checkWarm(session, requests, layer.toString());
        }
    }

    private static Inputs inputs(Model model, int batch, int queries, int keys) {
        return RandomInputs.of(model.requiredInputs(), batch, Map.of("query", queries, "key", keys), 128, Padding.NONE,
                new Random(1)).inputs();
    }

    private static void checkWarm(Session session, List<Inputs> requests, String what) {
        for (int tries = 0; tries < 5 && session.warmUp().compareTo(GIVEN_UP) >= 0; tries++) {
            // on a busy machine the compiler may need longer than a warm-up waits for it
        }
        long allocated = allocated(session, requests.subList(0, 1));
        Outputs outputs = session.run(requests.getFirst());
        List<MemorySegment> memory = outputs.names().stream().map(outputs::segment).toList();
        allocated += allocated(session, requests);
        assertTrue(allocated < MOST_AFTER_WARM_UP, what + ": allocated " + allocated);
        assertTrue(memory.stream().allMatch(segment -> segment.scope().isAlive()),
                what + ": an output took other memory");
    }

    private static long allocated(Session session, List<Inputs> requests) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < requests.size(); i++) {
            session.run(requests.get(i));
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
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
