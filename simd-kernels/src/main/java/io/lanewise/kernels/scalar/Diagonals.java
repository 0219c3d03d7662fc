package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Scores by the distance of query and key: a value for each distance, and a window that hides what lies outside. */
final class Diagonals {

    private Diagonals() {}

    static void add(Rows scores, int keys, Rows diagonals, int first) {
        for (int row = 0; row < scores.count(); row++) {
            for (int key = 0; key < keys; key++) {
                scores.set(row, key, scores.get(row, key) + diagonals.get(0, first - row + key));
            }
        }
    }

    static void mask(Rows scores, int keys, int firstQuery, int before, int after) {
        for (int row = 0; row < scores.count(); row++) {
            long query = (long) firstQuery + row;
            for (int key = 0; key < keys; key++) {
                if (key < query - before || key > query + after) {
                    scores.set(row, key, Float.NEGATIVE_INFINITY);
                }
            }
        }
    }
}
