package io.lanewise.kernels;

import io.lanewise.kernels.simd.SimdKernels;

/** What tests need to know of the kernels that this JVM was told to run. */
public final class KernelsUnderTest {

    private KernelsUnderTest() {}

    /** Returns whether the CPU lacks the vectors asked for: the JVM then does with arrays what they would do. */
    public static boolean isEmulated() {
        return Integer.getInteger(KernelChoice.BITS_PROPERTY, 0) > SimdKernels.preferredBits();
    }
}
