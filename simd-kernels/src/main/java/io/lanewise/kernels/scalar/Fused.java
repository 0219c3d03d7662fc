package io.lanewise.kernels.scalar;

import io.lanewise.kernels.JvmOption;

/**
 * Multiplies and adds with one rounding, as SIMD kernels do. A CPU without that instruction, where Java computes it from big decimals,
 * has no SIMD kernels to agree with and rounds twice.
 */
final class Fused {

    private static final boolean IN_HARDWARE = !"false".equals(JvmOption.value("UseFMA"));

    private Fused() {}

    /** Returns {@code a · b + c}. */
    static float multiplyAdd(float a, float b, float c) {
        return IN_HARDWARE ? Math.fma(a, b, c) : a * b + c;
    }
}
