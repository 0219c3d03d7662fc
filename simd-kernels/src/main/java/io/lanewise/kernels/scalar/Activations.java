package io.lanewise.kernels.scalar;

import io.lanewise.kernels.Activation;

/**
 * Activations to within 3 ulp, step by step as SIMD kernels compute them: what the formulas are, and why these, stands there. Those of
 * the form x·σ(z) are max(x, 0) − |x| / (1 + e^|z|), GELU is max(x, 0) − |x|·Φ(−|x|), so that nothing cancels.
 */
final class Activations {

    private static final int ROOT_HALF = Float.floatToRawIntBits(0.70710677f);

    /** What stands in the low bits is then an exponent as floats store it, of the power or of 2⁻⁶⁴ or 2⁶⁴ times as much. */
    private static final float BIASED_ROUNDER = Powers.ROUNDER + 127;
    private static final float DOWN_ROUNDER = BIASED_ROUNDER - 64;
    private static final float UP_ROUNDER = BIASED_ROUNDER + 64;
    private static final float DOWN = 0x1p-64f;

    private static final float TAIL = 1.7734375f;

    /** 2√(2/π) and 0.044715 times that, each in two parts. */
    private static final float LINEAR = 1.59375f;
    private static final float LINEAR_LOW = 2.0191215e-3f;
    private static final float CUBIC = 7.1354814e-2f;
    private static final float CUBIC_LOW = 2.3988325e-9f;

    private static final float QUICK = 1.702f;
    private static final float QUICK_LOW = -2.193451e-8f;

    private Activations() {}

    static float apply(Activation activation, float x) {
        return switch (activation) {
            case NONE -> x;
            case RELU -> Math.max(x, 0f);
            case GELU -> gelu(x);
            case GELU_TANH -> geluTanh(x);
            case GELU_10 -> capped(gelu(x));
            case QUICK_GELU -> quickGelu(x);
            case SILU -> silu(x);
            case MISH -> mish(x);
            case TANH -> tanh(x);
            case SIGMOID -> 1f / (Powers.exp(-x) + 1f);
            case LOG1P_RELU -> log1pRelu(x);
        };
    }

    private static float gelu(float x) {
        float a = magnitude(x, 13.26f);
        if (a < 0.85f) {
            float square = x * x;
            float near = 9.7911085e-5f;
            near = Fused.multiplyAdd(near, square, -1.1747408e-3f);
            near = Fused.multiplyAdd(near, square, 9.96953e-3f);
            near = Fused.multiplyAdd(near, square, -6.648985e-2f);
            near = Fused.multiplyAdd(near, square, 3.9894226e-1f);
            return Fused.multiplyAdd(near, x, 0.5f) * x;
        }
        float h = a * -0.5f * a;
        float low = Fused.multiplyAdd(a * 0.5f, a, h);
        float n = Powers.rounded(h, BIASED_ROUNDER);
        float scale = Powers.scale(n);
        float p = Powers.root(h, low, n - BIASED_ROUNDER);
        float w = tail((a - TAIL) / (a + TAIL));
        return mirrored(x, Fused.multiplyAdd(w, p, w) * scale);
    }

    private static float tail(float s) {
        float squared = s * s;
        float w = Fused.multiplyAdd(-5.4228716e-5f, s, -2.4661934e-3f);
        float v = Fused.multiplyAdd(-3.8249823e-3f, s, 2.9339571e-3f);
        float u = Fused.multiplyAdd(2.2100156e-2f, s, 9.972773e-3f);
        w = Fused.multiplyAdd(squared, 9.175078e-4f, w);
        w = Fused.multiplyAdd(w, squared, v);
        w = Fused.multiplyAdd(w, squared, u);
        w = Fused.multiplyAdd(w, s, -1.4436902e-1f);
        w = Fused.multiplyAdd(w, s, 1.8832774e-1f);
        return Fused.multiplyAdd(w, s, 3.2541454e-1f);
    }

    private static float capped(float y) {
        return y > 10f ? 10f : y;
    }

    private static float geluTanh(float x) {
        float a = magnitude(x, 11f);
        float square = -a * a;
        float squareLow = Fused.multiplyAdd(a, a, square);
        float slope = Fused.multiplyAdd(square, -CUBIC, LINEAR);
        float slopeLow = Fused.multiplyAdd(square, -CUBIC, -(slope - LINEAR));
        slopeLow = Fused.multiplyAdd(squareLow, CUBIC, slopeLow);
        slopeLow = Fused.multiplyAdd(square, -CUBIC_LOW, slopeLow + LINEAR_LOW);
        float h = a * slope;
        return weighedBy(x, a, h, Fused.multiplyAdd(-a, slopeLow, Fused.multiplyAdd(-a, slope, h)));
    }

    private static float quickGelu(float x) {
        float a = magnitude(x, 66f);
        float h = a * QUICK;
        return weighedBy(x, a, h, Fused.multiplyAdd(a, -QUICK_LOW, Fused.multiplyAdd(a, -QUICK, h)));
    }

    private static float silu(float x) {
        float a = magnitude(x, 110f);
        float n = Powers.rounded(a, DOWN_ROUNDER);
        return weighed(x, a, Powers.scale(n), Powers.root(a, n - DOWN_ROUNDER));
    }

    private static float mish(float x) {
        float h = x < -110f ? -110f : x;
        h = h > 25f ? 25f : h;
        float n = Powers.rounded(h, UP_ROUNDER);
        float scale = Powers.scale(n);
        float p = Powers.root(h, n - UP_ROUNDER);
        float power = Fused.multiplyAdd(scale * DOWN, p, scale * DOWN);
        float part = Fused.multiplyAdd(h, p, h);
        float lost = Fused.multiplyAdd(h, p, h - part);
        part = (Fused.multiplyAdd(part, power, lost + lost) + (part + part)) * scale * DOWN;
        part = x > 0 ? h * -2f : part;
        part = -(part / Fused.multiplyAdd(power, power + 2f, 2f));
        return x == 0 ? x : mirrored(x, part);
    }

    private static float tanh(float x) {
        float a = magnitude(x, 10f);
        float n = Powers.rounded(a + a, BIASED_ROUNDER);
        float scale = Powers.scale(n);
        float less = Fused.multiplyAdd(scale, Powers.root(a + a, n - BIASED_ROUNDER), scale - 1f);
        float y = less / (less + 2f);
        y = x < 0 ? -y : y;
        return x == 0 ? x : y;
    }

    private static float log1pRelu(float x) {
        float above = x < 0 ? 0 : x;
        if (above - above != 0) {
            return above;
        }
        float sum = above + 1f;
        float lost = (above - (sum - 1f)) / sum;
        int bits = Float.floatToRawIntBits(sum);
        int n = bits - ROOT_HALF >> Powers.EXPONENT_SHIFT;
        float f = Float.intBitsToFloat(bits - (n << Powers.EXPONENT_SHIFT)) - 1f;
        float p = -7.622862e-2f;
        p = Fused.multiplyAdd(p, f, 1.2908499e-1f);
        p = Fused.multiplyAdd(p, f, -1.3244689e-1f);
        p = Fused.multiplyAdd(p, f, 1.4181219e-1f);
        p = Fused.multiplyAdd(p, f, -1.6608763e-1f);
        p = Fused.multiplyAdd(p, f, 2.0002e-1f);
        p = Fused.multiplyAdd(p, f, -2.50016e-1f);
        p = Fused.multiplyAdd(p, f, 3.3333325e-1f);
        p = Fused.multiplyAdd(p, f, -4.9999988e-1f);
        p = Fused.multiplyAdd(p, f * f, Fused.multiplyAdd(n, Powers.LN2_LOW, lost)) + f;
        return Fused.multiplyAdd(n, Powers.LN2_HIGH, p);
    }

    /** Returns |x|, or a limit from which on nothing changes; NaN stays NaN. */
    private static float magnitude(float x, float limit) {
        float a = Math.abs(x);
        return a > limit ? limit : a;
    }

    /** Returns {@code max(x, 0) − g}; keeps −0. */
    private static float mirrored(float x, float g) {
        return (x < 0 ? -0f : x) - g;
    }

    /** Returns x·σ(z), given {@code h − low = |z|} and {@code a = |x|}, as long as those matter. */
    private static float weighedBy(float x, float a, float h, float low) {
        float n = Powers.rounded(h, DOWN_ROUNDER);
        return weighed(x, a, Powers.scale(n), Powers.root(h, low, n - DOWN_ROUNDER));
    }

    /** Returns {@code x / (1 + e^−|z|)}, given {@code e^|z| = scale · (1 + p)}; everything is 2⁻⁶⁴ times what it stands for. */
    private static float weighed(float x, float a, float scale, float p) {
        return mirrored(x, a / (Fused.multiplyAdd(scale, p, DOWN) + scale) * DOWN);
    }
}
