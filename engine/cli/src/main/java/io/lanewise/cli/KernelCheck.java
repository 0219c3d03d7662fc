package io.lanewise.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.choice.KernelChoice;

/** Has the commonest kernels compiled, which takes a second or two, and looks whether C2 has made vectors objects. */
final class KernelCheck {

    /** The compiler has to share a machine with whatever else runs there. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What most models call. */
    private static final Set<KernelForm> COMMON = EnumSet.of(KernelForm.MATMUL, KernelForm.MATMUL_THAT_ADDS,
            KernelForm.ROW_SCORES, KernelForm.DEEP_ROW_SCORES, KernelForm.MASKED_SOFTMAX, KernelForm.ROW_CONTEXT_OF_32,
            KernelForm.ROW_CONTEXT_OF_64, KernelForm.FUSED_NORM, KernelForm.ACTIVATE_GELU);

    private KernelCheck() {}

    /** Returns the first kernel that serves by scalar loops still, if any does. */
    static Optional<String> boxed() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        KernelChoice.prepare(COMMON, threads::getCurrentThreadAllocatedBytes, () -> {});
        KernelChoice.await(PATIENCE);
        KernelChoice.release();
        return KernelChoice.statuses().stream().filter(status -> status.state() != KernelStatus.State.SIMD)
                .map(status -> status.form().label()).findFirst();
    }
}
