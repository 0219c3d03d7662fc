package io.lanewise.kernels.scalar;

/** Elementary functions. */
final class VectorMath {

    private VectorMath() {}

    /** Returns {@code eˣ}; 0 where that is below the smallest normal number. */
    static float exp(float x) {
        float exp = (float) Math.exp(x);
        return exp < Float.MIN_NORMAL ? 0 : exp;
    }
}
