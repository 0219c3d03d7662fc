package io.lanewise.kernels;

/**
 * Numbers as multiples from -127 to 127 of a scale that a column has for all of its own, so that its largest number is kept to the
 * last bit or so, and none is further off than half a scale.
 */
final class Int8 {

    private static final int MOST = Byte.MAX_VALUE;

    private Int8() {}

    /** Returns the scale of some numbers; NaN if one of them is infinite or NaN, so that whatever is computed with them is NaN, too. */
    static float scale(float[] numbers, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        return Float.isInfinite(largest) ? Float.NaN : largest / MOST;
    }

    /** Returns the nearest multiple. */
    static byte nearest(float number, float scale) {
        return scale > 0 ? (byte) Math.clamp(Math.round(number / scale), -MOST, MOST) : 0;
    }
}
