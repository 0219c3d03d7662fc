package io.lanewise.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntConsumer;

import com.sun.management.ThreadMXBean;
import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Runs every kernel until it is compiled and asserts that it then allocates nothing: the one deterministic sign that C2 has
 * not boxed vectors, which costs a factor of 15. Also that the bits of its results have stayed the same on the way.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CLEAN_BATCHES = 3;
    private static final int BATCH = 300;

    private static final int[] HEIGHTS = {31, 1, 2, 3, 4, 5, 6, 15};

    private final Kernels kernels = Kernels.best();
    private final RowLayout layout = RowLayout.of(1, 70, kernels);
    private final int width = layout.width();

    @Test
    void shouldNotAllocateInPackedMatMul() {
        MemorySegment segment = Arena.ofAuto().allocate(PackedWeight.bytes(layout, layout), 64);
        float[] ones = new float[70 * 70];
        Arrays.fill(ones, 0.7f);
        PackedWeight weight = PackedWeight.pack(ones, new float[70], layout, layout, kernels.panel(), segment, 0);
        Rows rows = rows(31, 1);
        Rows result = rows(31, 2);
        int floats = kernels.matMulScratch(width);
        Rows scratch = new GuardedRows(1, floats, floats).rows;
        check(result, run -> {
            int count = HEIGHTS[run % HEIGHTS.length];
            kernels.packedMatMul(result.select(0, count), rows.select(0, count), weight, run % 3 == 0,
                    run % 2 == 0 ? Activation.RELU : Activation.NONE, scratch);
        });
    }

    @Test
    void shouldNotAllocateInRowScores() {
        checkRowScores(width);
    }

    @Test
    void shouldNotAllocateInDeepRowScores() {
        checkRowScores(4 * width);
    }

    private void checkRowScores(int depth) {
        Rows queries = new GuardedRows(31, depth, depth).random(1, 70).rows;
        Rows keys = new GuardedRows(64, depth, depth).random(2, 70).rows;
        Rows scores = rows(31, 3);
        int floats = kernels.scoreScratch();
        Rows scratch = new GuardedRows(1, floats, floats).rows;
        check(scores, run -> {
            int count = HEIGHTS[run % HEIGHTS.length];
            keys.select(0, 16 * (1 + run / HEIGHTS.length % 4)); // whole vectors: every cell is defined
            kernels.rowScores(scores.select(0, count), queries.select(0, count), keys, 0.5f, scratch);
        });
    }

    @Test
    void shouldNotAllocateInMaskedSoftmax() {
        Rows scores = rows(7, 1);
        Rows source = rows(7, 1);
        Rows mask = rows(1, 2);
        mask.clear();
        mask.set(0, 3, 1);
        check(scores, run -> {
            kernels.activate(scores, source, Activation.NONE);
            kernels.maskedSoftmax(scores, 61, run % 2 == 0 ? mask : null, 0);
        });
    }

    @Test
    void shouldNotAllocateInMaskedSoftmaxOfManyShortRows() {
        Rows scores = rows(40, 1);
        Rows source = rows(40, 1);
        Rows mask = rows(1, 2);
        mask.clear();
        check(scores, run -> {
            kernels.activate(scores, source, Activation.RELU);
            kernels.maskedSoftmax(scores, 15, mask, 0);
        });
    }

    @Test
    void shouldNotAllocateInRowContext() {
        Rows attention = rows(31, 1);
        Rows values = rows(20, 2);
        Rows context = rows(31, 3);
        check(context, run -> {
            int count = HEIGHTS[run % HEIGHTS.length];
            kernels.rowContext(context.select(0, count), attention.select(0, count), values);
        });
    }

    @Test
    void shouldNotAllocateInFusedNorm() {
        Rows rows = rows(7, 1);
        Rows residual = rows(7, 2);
        Rows result = rows(7, 3);
        Rows scale = rows(1, 4);
        Rows shift = rows(1, 5);
        check(result, run -> kernels.fusedNorm(result, rows, run % 2 == 0 ? residual : null, 69, 1e-5f,
                run % 4 < 2 ? scale : null, run % 8 < 4 ? shift : null));
    }

    @Test
    void shouldNotAllocateInRowArithmetic() {
        Rows left = rows(7, 1);
        Rows right = rows(7, 2);
        Rows result = rows(7, 3);
        check(result, run -> {
            kernels.add(result, left, right);
            kernels.activate(result, result, Activation.RELU);
        });
    }

    @Test
    void shouldNoticeWhatAllocates() {
        assumeFalse(KernelsUnderTest.isEmulated(), "emulated vectors are objects");
        float[][] boxes = new float[1][];
        assertThrows(AssertionError.class,
                () -> check(rows(1, 1), run -> boxes[0] = new float[kernels.lanes()], Duration.ofMillis(50)));
    }

    private Rows rows(int count, long seed) {
        return new GuardedRows(count, width, layout.stride()).random(seed, 70).rows;
    }

    /** Runs a kernel that is given the number of its run within a batch; every batch does the same. */
    private static void check(Rows result, IntConsumer kernel) {
        check(result, kernel, PATIENCE);
    }

    private static void check(Rows result, IntConsumer kernel, Duration patience) {
        assumeFalse(KernelsUnderTest.isEmulated(), "emulated vectors are objects");
        int cold = bits(result, kernel);
        long deadline = System.nanoTime() + patience.toNanos();
        int clean = 0;
        long allocated = 0;
        while (clean < CLEAN_BATCHES && System.nanoTime() < deadline) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
            for (int run = 0; run < BATCH; run++) {
                kernel.accept(run);
            }
            allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
            clean = allocated == 0 ? clean + 1 : 0;
        }
        assertEquals(CLEAN_BATCHES, clean, "bytes allocated by " + BATCH + " runs, compiled: " + allocated);
        assertEquals(cold, bits(result, kernel), "the bits of a result changed when its kernel was compiled");
    }

    private static int bits(Rows result, IntConsumer kernel) {
        int hash = 1;
        result.select(0, result.capacity()).clear();
        kernel.accept(0);
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                hash = 31 * hash + Float.floatToRawIntBits(result.get(row, column));
            }
        }
        return hash;
    }
}
