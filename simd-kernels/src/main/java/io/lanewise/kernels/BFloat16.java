package io.lanewise.kernels;

/** Numbers of 8 bits of exponent and 7 of fraction: the upper halves of floats, so that each of them is a float. */
public final class BFloat16 {

    private static final int UPPER = 0xFFFF_0000;
    private static final int QUIET = 0x0040_0000;

    private BFloat16() {}

    /** Rounds to the nearest, ties to even; beyond the largest to infinity. NaN stays NaN. */
    public static float nearest(float number) {
        int bits = Float.floatToRawIntBits(number);
        if (Float.isNaN(number)) {
            return Float.intBitsToFloat((bits | QUIET) & UPPER); // whose fraction may be in the lower half alone
        }
        return Float.intBitsToFloat(bits + 0x7FFF + (bits >>> Short.SIZE & 1) & UPPER);
    }

    /** Returns the 16 bits of the nearest. */
    static int nearestBits(float number) {
        return Float.floatToRawIntBits(nearest(number)) >>> Short.SIZE;
    }

    /** Widens the lower of two. */
    static float lower(int pair) {
        return Float.intBitsToFloat(pair << Short.SIZE);
    }

    /** Widens the upper of two. */
    static float upper(int pair) {
        return Float.intBitsToFloat(pair & UPPER);
    }
}
