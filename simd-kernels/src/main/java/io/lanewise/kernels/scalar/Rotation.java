package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Turns pairs of features, one of each half, by the angles of their row. */
final class Rotation {

    private Rotation() {}

    static void run(Rows result, Rows rows, int half, Rows table) {
        for (int row = 0; row < result.count(); row++) {
            for (int i = 0; i < half; i++) {
                float x = rows.get(row, i);
                float y = rows.get(row, i + half);
                float cos = table.get(row, i);
                float sin = table.get(row, i + half);
                result.set(row, i, x * cos - y * sin);
                result.set(row, i + half, y * cos + x * sin);
            }
        }
    }
}
