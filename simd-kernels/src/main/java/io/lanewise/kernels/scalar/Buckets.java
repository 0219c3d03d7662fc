package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Scores by the bucket that the distance of query and key falls into. */
final class Buckets {

    private Buckets() {}

    static void add(Rows scores, int keys, Rows ofQueries, Rows ofKeys, int[] columns, int first) {
        for (int row = 0; row < scores.count(); row++) {
            for (int key = 0; key < keys; key++) {
                int column = columns[first + row - key];
                float ofQuery = ofQueries == null ? 0 : ofQueries.get(row, column);
                float ofKey = ofKeys == null ? 0 : ofKeys.get(key, column);
                scores.set(row, key, scores.get(row, key) + (ofQuery + ofKey));
            }
        }
    }
}
