package io.lanewise.kernels;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.Rows;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Runs every kernel until it is compiled and asserts that it then allocates nothing: the one deterministic sign that C2 has
 * not boxed vectors, which costs a factor of 15. Also that the bits of its results have stayed the same on the way.
 */
@Tag("own-width")
@DisabledIfSystemProperty(named = KernelChoice.BITS_PROPERTY, matches = "0")
@Isolated("arenas that others close would have compiled loops end in the interpreter, which allocates")
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CLEAN_ROUNDS = 3;

    private final Kernels kernels = new SimdKernels();

    @TestFactory
    Stream<DynamicTest> shouldAllocateNothingOnceCompiled() {
        assumeFalse(KernelsUnderTest.isEmulated(), "emulated vectors are objects");
        KernelsUnderTest.assumeC2();
        return Arrays.stream(KernelForm.values())
                .map(form -> DynamicTest.dynamicTest(form.label(), () -> check(form)));
    }

    @Test
    void shouldNoticeWhatAllocates() {
        float[][] boxes = new float[1][];
        KernelTrial trial = new KernelTrial(KernelForm.ADD, null, 1, _ -> boxes[0] = new float[kernels.lanes()], null);
        assertFalse(settles(trial, Duration.ofMillis(50)));
    }

    @Test
    void shouldNotTakeAJvmThatDoesNotMeasureForOneThatAllocatesNothing() {
        KernelTrial trial = new KernelTrial(KernelForm.ADD, null, 1, _ -> {}, null);
        assertTrue(trial.isClean(0, () -> 0));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> trial.isClean(0, () -> -1));
        assertEquals("the JVM must measure what threads allocate: ThreadMXBean.isThreadAllocatedMemoryEnabled=false",
                e.getMessage());
    }

    private void check(KernelForm form) {
        try (KernelTrials operands = KernelTrials.of(kernels, form)) {
            check(operands.trial());
        }
    }

    private static void check(KernelTrial trial) {
        int cold = bits(trial);
        assertTrue(settles(trial, PATIENCE), () -> "it goes on allocating: kernel=" + trial.form().label()
                + ", bytes by call=" + allocations(trial));
        assertEquals(cold, bits(trial), "the bits of a result changed when its kernel was compiled");
    }

    private static boolean settles(KernelTrial trial, Duration patience) {
        long start = System.nanoTime();
        int clean = 0;
        while (clean < CLEAN_ROUNDS && System.nanoTime() - start < patience.toNanos()) {
            boolean all = true;
            for (int part = 0; part < trial.parts(); part++) {
                trial.round(part);
                all &= trial.isClean(part, THREADS::getCurrentThreadAllocatedBytes);
            }
            clean = all ? clean + 1 : 0;
        }
        return clean == CLEAN_ROUNDS;
    }

    /** Returns which calls allocate how much: their numbers tell the tile that C2 did not compile to vectors. */
    private static Map<Integer, Long> allocations(KernelTrial trial) {
        Map<Integer, Long> bytes = new TreeMap<>();
        for (int run = 0; run < trial.parts(); run++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            trial.call(run);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated > 0) {
                bytes.put(run, allocated);
            }
        }
        return bytes;
    }

    private static int bits(KernelTrial trial) {
        int hash = 1;
        Rows result = trial.result();
        result.select(0, result.capacity()).clear();
        trial.call(0);
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                hash = 31 * hash + Float.floatToRawIntBits(result.get(row, column));
            }
        }
        return hash;
    }
}
