package io.lanewise.kernels;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

import com.sun.management.ThreadMXBean;
import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Runs every kernel until it is compiled and asserts that it then allocates nothing: the one deterministic sign that C2 has
 * not boxed vectors, which costs a factor of 15. Also that the bits of its results have stayed the same on the way.
 */
class AllocationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void shouldNotAllocateInAnyKernel() {
        assumeFalse(KernelsUnderTest.isEmulated(), "emulated vectors are objects");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        LongSupplier allocated = threads::getCurrentThreadAllocatedBytes;
        try (KernelTrials trials = new KernelTrials(Kernels.best())) {
            for (KernelTrial trial : trials.all()) {
                int cold = bits(trial);
                assertTrue(trial.settles(allocated, PATIENCE), "still allocates: kernel=" + trial.name());
                assertEquals(cold, bits(trial),
                        "the bits of a result changed when its kernel was compiled: kernel=" + trial.name());
            }
        }
    }

    @Test
    void shouldNoticeWhatAllocates() {
        try (KernelTrials trials = new KernelTrials(Kernels.best())) {
            long[] bytes = {0};
            KernelTrial trial = trials.all().getFirst();
            assertFalse(trial.settles(() -> bytes[0]++, Duration.ofMillis(50)));
        }
    }

    private static int bits(KernelTrial trial) {
        Rows result = trial.result();
        int hash = 1;
        result.select(0, result.capacity()).clear();
        trial.call().accept(0);
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                hash = 31 * hash + Float.floatToRawIntBits(result.get(row, column));
            }
        }
        return hash;
    }
}
