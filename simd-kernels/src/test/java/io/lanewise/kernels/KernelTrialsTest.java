package io.lanewise.kernels;

import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.Block;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;

class KernelTrialsTest {

    /** Each operand is a block of its own: where blocks have guard zones, they are checked after every call. */
    @Test
    void shouldStayWithinTheirMemory() {
        try (KernelTrials trials = KernelTrials.ofAll(kernels())) {
            for (KernelTrial trial : trials.all()) {
                for (int part = 0; part < trial.parts(); part++) {
                    trial.call(part);
                    Block.checkGuards();
                    assertFalse(Float.isNaN(trial.result().get(0, 0)), trial.form() + ": part=" + part);
                    trial.round(part);
                    Block.checkGuards();
                }
            }
        }
    }

    private static Kernels kernels() {
        return KernelChoice.best().describe().startsWith("SIMD") ? new SimdKernels() : KernelChoice.best();
    }
}
