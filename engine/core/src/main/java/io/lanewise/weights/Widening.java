package io.lanewise.weights;

/** Widens narrow floating-point types; every value of the narrow type is a value of the wide one, so it is exact. */
public final class Widening {
    private Widening() {}

    /** Widens halfs, given by their bits; returns a new array. */
    public static float[] halfs(final short[] bits) {
        final float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.float16ToFloat(bits[i]);
        }
        return values;
    }

    /** Widens bfloat16s, given by their bits, which are the upper half of a float's; returns a new array. */
    public static float[] bfloat16s(final short[] bits) {
        final float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i] << Short.SIZE);
        }
        return values;
    }

    static double[] floats(final float[] narrow) {
        final double[] values = new double[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            values[i] = narrow[i];
        }
        return values;
    }

    static long[] ints(final int[] narrow) {
        final long[] values = new long[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            values[i] = narrow[i];
        }
        return values;
    }
}
