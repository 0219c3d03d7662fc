package io.lanewise;

import io.lanewise.kernels.choice.KernelChoice;

/** Tells what this JVM makes of Lanewise. */
public final class Lanewise {

    private Lanewise() {}

    /** Says in one line which kernels run here and why, and which JVM flag would help if they are not the fast ones. */
    public static String describe() {
        return KernelChoice.best().describe();
    }
}
