package io.lanewise.kernels;

import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.memory.Block;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;

class KernelTrialsTest {

    private static final int RUNS = 240; // every height with every width, and every form of each kernel

    /** Each operand is a block of its own: where blocks have guard zones, they are checked after every call. */
    @Test
    void shouldStayWithinTheirMemory() {
        try (KernelTrials trials = KernelTrials.thorough(KernelChoice.best())) {
            for (KernelTrial trial : trials.all()) {
                for (int run = 0; run < RUNS; run++) {
                    trial.call().accept(run);
                    Block.checkGuards();
                    assertFalse(Float.isNaN(trial.result().get(0, 0)), trial.name() + ": run=" + run);
                }
            }
        }
    }
}
