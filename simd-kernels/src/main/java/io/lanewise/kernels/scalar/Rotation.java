package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Turns pairs of features, one of each half, by the angles of their row. */
final class Rotation {

    private Rotation() {}

    static void run(Rows result, Rows rows, int half, Rows table) {
        float[][] scratch = Scratch.ofThread();
        float[] left = scratch[0];
        float[] right = scratch[1];
        float[] cosines = scratch[2];
        float[] sines = scratch[3];
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < half; at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, half - at);
                rows.read(row, at, left, count);
                rows.read(row, at + half, right, count);
                table.read(row, at, cosines, count);
                table.read(row, at + half, sines, count);
                for (int c = 0; c < count; c++) {
                    float x = left[c];
                    left[c] = x * cosines[c] - right[c] * sines[c];
                    right[c] = right[c] * cosines[c] + x * sines[c];
                }
                result.write(row, at, left, count);
                result.write(row, at + half, right, count);
            }
        }
    }
}
