package io.lanewise;

import java.util.List;

import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.choice.KernelChoice;

/** Tells what this JVM makes of Lanewise. */
public final class Lanewise {

    private Lanewise() {}

    /** Says in one line which kernels run here and why, and which JVM flag would help if they are not the fast ones. */
    public static String describe() {
        return KernelChoice.best().describe();
    }

    /**
     * Returns how the kernels run that sessions of this JVM have needed so far: by scalar loops until they are compiled, and by SIMD
     * then, with the same bits. Nothing where all kernels are scalar loops. Any thread may call it.
     */
    public static List<KernelStatus> kernels() {
        return KernelChoice.statuses();
    }
}
