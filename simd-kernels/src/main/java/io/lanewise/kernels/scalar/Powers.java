package io.lanewise.kernels.scalar;

/**
 * Powers of e.
 *
 * <pre>
 *   x = n·ln 2 + r,  |r| ≤ ln 2 / 2      ln 2 in two parts, so that r is exact (Cody and Waite)
 *   eʳ = 1 + r + r²·P(r)
 *   eˣ = eʳ·2ⁿ
 * </pre>
 */
final class Powers {

    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.12194440e-4f;
    static final int EXPONENT_SHIFT = 23;

    /** Adding 1.5·2²³ rounds to an integer, which then stands in the low bits. */
    static final float ROUNDER = 12582912f;

    private static final float LOG2_E = 1.44269504f;

    /** The smallest number whose power is normal, and the largest whose power is finite. */
    private static final float LOWEST = -87.33654f;
    private static final float HIGHEST = 88.72283f;

    private Powers() {}

    /** Returns {@code eˣ}, within 2 ulp; 0 where that is below the smallest normal number. P of degree 5 (Cephes expf). */
    static float exp(float x) {
        float n = rounded(x, ROUNDER);
        int exponent = Float.floatToRawIntBits(n) << EXPONENT_SHIFT;
        n -= ROUNDER;
        float r = Fused.multiplyAdd(n, -LN2_LOW, Fused.multiplyAdd(n, -LN2_HIGH, x));
        float y = 1.9875691500e-4f;
        y = Fused.multiplyAdd(y, r, 1.3981999507e-3f);
        y = Fused.multiplyAdd(y, r, 8.3334519073e-3f);
        y = Fused.multiplyAdd(y, r, 4.1665795894e-2f);
        y = Fused.multiplyAdd(y, r, 1.6666665459e-1f);
        y = Fused.multiplyAdd(y, r, 5.0000001201e-1f);
        y = Fused.multiplyAdd(y, r * r, r) + 1f;
        y = Float.intBitsToFloat(Float.floatToRawIntBits(y) + exponent);
        y = x < LOWEST ? 0 : y;
        y = x > HIGHEST ? Float.POSITIVE_INFINITY : y;
        return x != x ? x : y;
    }

    /** Returns {@code x / ln 2}, rounded to an integer, plus a rounder. */
    static float rounded(float x, float rounder) {
        return Fused.multiplyAdd(x, LOG2_E, rounder);
    }

    /** Returns 2ⁿ, given n and a rounder that adds what exponents are stored with, and possibly more. */
    static float scale(float rounded) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << EXPONENT_SHIFT);
    }

    /** Returns {@code eʳ − 1} with {@code r = x − n·ln 2}; P of degree 4. */
    static float root(float x, float n) {
        return root(Fused.multiplyAdd(n, -LN2_LOW, Fused.multiplyAdd(n, -LN2_HIGH, x)));
    }

    /** Returns {@code eʳ − 1} with {@code r = x − low − n·ln 2}. */
    static float root(float x, float low, float n) {
        return root(Fused.multiplyAdd(n, -LN2_HIGH, x) - Fused.multiplyAdd(n, LN2_LOW, low));
    }

    private static float root(float r) {
        float p = 1.3942556e-3f;
        p = Fused.multiplyAdd(p, r, 8.368861e-3f);
        p = Fused.multiplyAdd(p, r, 4.166638e-2f);
        p = Fused.multiplyAdd(p, r, 1.666652e-1f);
        p = Fused.multiplyAdd(p, r, 0.5f);
        return Fused.multiplyAdd(p, r * r, r);
    }
}
