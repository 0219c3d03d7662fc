package io.lanewise.kernels.simd;

import java.lang.foreign.Arena;

import io.lanewise.kernels.KernelsUnderTest;
import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@DisabledIfSystemProperty(named = SimdShape.BITS_PROPERTY, matches = "0")
class VectorMathTest {

    private static final int WIDTH = 4096;

    /** Bit patterns from one to the next; prime, so that every mantissa bit takes part. */
    private static final int STRIDE = KernelsUnderTest.isEmulated() ? 250_007 : 911;

    private final Rows row = new Rows(Arena.ofAuto().allocate(WIDTH * Float.BYTES, 64), 0, 1, WIDTH, WIDTH);
    private final float[] inputs = new float[WIDTH];

    @Test
    void shouldStayWithinTwoUlpEverywhere() {
        double worst = 0;
        float at = 0;
        long bits = Integer.MIN_VALUE;
        while (bits <= Integer.MAX_VALUE) {
            for (int i = 0; i < WIDTH; i++, bits += STRIDE) {
                inputs[i] = Float.intBitsToFloat((int) Math.min(bits, Integer.MAX_VALUE));
            }
            exp();
            for (int i = 0; i < WIDTH; i++) {
                double error = ulps(inputs[i], row.get(0, i));
                if (!(error <= worst)) {
                    worst = error;
                    at = inputs[i];
                }
            }
        }
        assertTrue(worst <= 2, "error of exp(" + at + ") in ulp: " + worst);
    }

    @Test
    void shouldStayWithinTwoUlpWhereSoftmaxNeedsIt() {
        double worst = 0;
        float x = -87.33655f;
        for (int n = 0; n < (KernelsUnderTest.isEmulated() ? 4 : 500); n++) {
            for (int i = 0; i < WIDTH; i++) {
                inputs[i] = x;
                x += KernelsUnderTest.isEmulated() ? 0.01f : 0.0000859f;
            }
            exp();
            for (int i = 0; i < WIDTH; i++) {
                worst = Math.max(worst, ulps(inputs[i], row.get(0, i)));
            }
        }
        assertTrue(worst <= 2, "error of exp in ulp: " + worst);
    }

    @Test
    void shouldKnowTheSpecialValues() {
        float[][] cases = {{Float.NEGATIVE_INFINITY, 0}, {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY},
                {Float.NaN, Float.NaN}, {Float.intBitsToFloat(0x7fc12345), Float.NaN},
                {Float.intBitsToFloat(0xffffffff), Float.NaN}, {0, 1}, {-0f, 1}, {Float.MIN_VALUE, 1},
                {1, (float) Math.E}, {88.72284f, Float.POSITIVE_INFINITY}, {-87.4f, 0}, {-103, 0},
                {Float.MAX_VALUE, Float.POSITIVE_INFINITY}, {-Float.MAX_VALUE, 0}};
        for (int i = 0; i < cases.length; i++) {
            inputs[i] = cases[i][0];
        }
        exp();
        for (int i = 0; i < cases.length; i++) {
            assertEquals(cases[i][1], row.get(0, i), "exp(" + cases[i][0] + ")");
        }
    }

    private void exp() {
        for (int i = 0; i < WIDTH; i++) {
            row.set(0, i, inputs[i]);
        }
        VectorMath.exp(row.address(), row.address(), WIDTH * Float.BYTES, 0);
    }

    /** Returns the error in units of the last place; results below the smallest normal number have to be 0. */
    private static double ulps(float x, float actual) {
        double exact = Math.exp(x);
        if (Double.isNaN(exact)) {
            return Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
        }
        if ((float) exact < Float.MIN_NORMAL) {
            return actual == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Float.isInfinite((float) exact)) {
            return actual == Float.POSITIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual - exact) / Math.ulp((float) exact);
    }
}
