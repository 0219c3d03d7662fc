package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Elementary functions of whole rows. */
final class VectorMath {

    private VectorMath() {}

    static void exp(Rows result, Rows rows) {
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                result.set(row, column, exp(rows.get(row, column)));
            }
        }
    }

    /** Returns {@code eˣ}; 0 where that is below the smallest normal number. */
    static float exp(float x) {
        float exp = (float) Math.exp(x);
        return exp < Float.MIN_NORMAL ? 0 : exp;
    }
}
