package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Scores by the bucket that the distance of query and key falls into. */
final class Buckets {

    private Buckets() {}

    static void add(Rows scores, int keys, Rows ofQueries, Rows ofKeys, int[] columns, int first) {
        float[] cells = Scratch.ofThread()[0];
        for (int row = 0; row < scores.count(); row++) {
            for (int at = 0; at < keys; at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, keys - at);
                scores.read(row, at, cells, count);
                for (int c = 0; c < count; c++) {
                    int column = columns[first + row - (at + c)];
                    if (ofKeys == null) {
                        cells[c] += ofQueries.get(row, column);
                    } else if (ofQueries == null) {
                        cells[c] += ofKeys.get(at + c, column);
                    } else {
                        cells[c] += ofQueries.get(row, column) + ofKeys.get(at + c, column);
                    }
                }
                scores.write(row, at, cells, count);
            }
        }
    }
}
