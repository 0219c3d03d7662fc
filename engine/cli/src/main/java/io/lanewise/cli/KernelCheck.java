package io.lanewise.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.KernelTrial;
import io.lanewise.kernels.KernelTrials;
import io.lanewise.kernels.choice.KernelChoice;

/** Runs every kernel until it is compiled, which takes a second or two, and looks whether C2 has made vectors objects. */
final class KernelCheck {

    /** The compiler has to share a machine with whatever else runs there. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private KernelCheck() {}

    /** Returns the first kernel that goes on allocating, if any does. */
    static Optional<String> boxed() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (KernelTrials trials = KernelTrials.brief(KernelChoice.best())) {
            for (KernelTrial trial : trials.all()) {
                if (!trial.settles(threads::getCurrentThreadAllocatedBytes, PATIENCE)) {
                    return Optional.of(trial.name());
                }
            }
        }
        return Optional.empty();
    }
}
