package io.lanewise.weights;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class WideningTest {
    @Test
    void shouldWidenEveryHalfExactly() {
        final float[] values = Widening.halfs(everyShort());
        for (int bits = 0; bits < values.length; bits++) {
            assertEquals(value(bits, 5, 10), values[bits]);
        }
    }

    @Test
    void shouldWidenEveryBfloat16Exactly() {
        final float[] values = Widening.bfloat16s(everyShort());
        for (int bits = 0; bits < values.length; bits++) {
            assertEquals(value(bits, 8, 7), values[bits]);
        }
    }

    @Test
    void shouldKeepDenormalsAndSignsWhenWideningFloats() {
        final double[] values = Widening.floats(new float[]{Float.MIN_VALUE, -0.0f, Float.NEGATIVE_INFINITY, 0.1f});
        assertEquals(0x1p-149, values[0]);
        assertEquals(-0.0, values[1]);
        assertEquals(Double.NEGATIVE_INFINITY, values[2]);
        assertEquals(0.1f, (float) values[3]);
    }

    private static short[] everyShort() {
        final short[] bits = new short[1 << Short.SIZE];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) i;
        }
        return bits;
    }

    /** The definition of an IEEE 754 number; every one of 16 bits is a float. */
    private static float value(final int bits, final int exponentBits, final int fractionBits) {
        final int sign = bits >> (exponentBits + fractionBits) == 0 ? 1 : -1;
        final int maxExponent = (1 << exponentBits) - 1;
        final int exponent = bits >> fractionBits & maxExponent;
        final int fraction = bits & (1 << fractionBits) - 1;
        if (exponent == maxExponent) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        final int bias = maxExponent >> 1;
        final double significand = Math.scalb((double) fraction, -fractionBits) + (exponent == 0 ? 0 : 1);
        return (float) (sign * Math.scalb(significand, Math.max(exponent, 1) - bias));
    }
}
