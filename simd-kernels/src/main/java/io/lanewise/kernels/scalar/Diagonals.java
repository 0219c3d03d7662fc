package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Scores by the distance of query and key: a value for each distance, and a window that hides what lies outside. */
final class Diagonals {

    private Diagonals() {}

    static void add(Rows scores, int keys, Rows diagonals, int first) {
        float[][] scratch = Scratch.ofThread();
        float[] cells = scratch[0];
        float[] values = scratch[1];
        for (int row = 0; row < scores.count(); row++) {
            for (int key = 0; key < keys; key += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, keys - key);
                scores.read(row, key, cells, count);
                diagonals.read(0, first - row + key, values, count);
                for (int c = 0; c < count; c++) {
                    cells[c] += values[c];
                }
                scores.write(row, key, cells, count);
            }
        }
    }

    static void mask(Rows scores, int keys, int firstQuery, int before, int after) {
        for (int row = 0; row < scores.count(); row++) {
            long query = (long) firstQuery + row;
            int from = (int) Math.clamp(query - before, 0L, (long) keys);
            int to = (int) Math.clamp(query + after + 1, (long) from, (long) keys);
            scores.fill(row, 0, from, Float.NEGATIVE_INFINITY);
            scores.fill(row, to, keys, Float.NEGATIVE_INFINITY);
        }
    }
}
