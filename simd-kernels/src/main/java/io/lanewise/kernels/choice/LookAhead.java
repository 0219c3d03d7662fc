package io.lanewise.kernels.choice;

import java.util.concurrent.atomic.AtomicBoolean;

import io.lanewise.kernels.JvmOption;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.KernelTrial;
import io.lanewise.kernels.KernelTrials;
import io.lanewise.kernels.scalar.ScalarKernels;

/**
 * Does, on a thread of its own, what a JVM that has just started would have a first answer wait for, while whoever opens a model reads
 * its file: starts the management modules, whose options say which kernels there are, and has C1 and C2 compile the products of the
 * scalar twins, which serve first and are interpreted at a hundredth of their speed.
 *
 * <p>From a JVM's start to the first answer of co-attention it was 605 ms without this, 572 with the options alone, and 508 with
 * products, too; of all-MiniLM-L6-v2 731, 711 and 688 (Zen 4, two processors, medians of 9). Tried and dropped: twins of scores,
 * contexts, softmax, norms and GELU, too, which gained nothing; more rounds.
 */
public final class LookAhead {

    /** Calls of each product that a trial has: as many as C2 waits for. */
    private static final int ROUNDS = 20;
    private static final int LANES = 16; // their loops are the same at every width

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private LookAhead() {}

    /** Starts it, at the first call in a JVM; waits for nothing, and fails in nothing that a model needs. */
    public static void start() {
        if (STARTED.getAndSet(true)) {
            return;
        }
        Thread thread = new Thread(null, LookAhead::run, "lanewise-start", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            // then the first answer waits
        }
    }

    private static void run() {
        try {
            JvmOption.value("UseFMA");
            try (KernelTrials operands = KernelTrials.of(new ScalarKernels("twins", LANES), KernelForm.MATMUL)) {
                call(operands.trial());
            }
        } catch (Throwable failure) {
            // whoever needs it meets it again, and says so
        }
    }

    private static void call(KernelTrial trial) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int part = 0; part < trial.parts(); part++) {
                trial.call(part);
            }
        }
    }
}
