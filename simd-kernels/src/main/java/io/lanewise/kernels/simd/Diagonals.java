package io.lanewise.kernels.simd;

import io.lanewise.memory.Rows;

/** Scores by the distance of query and key: each row meets the same values, one further on than the row before. */
final class Diagonals {

    private Diagonals() {}

    static void add(Rows scores, int keys, Rows diagonals, int first) {
        int bytes = SimdShape.vectorBytes(keys);
        long rows = scores.address();
        long values = diagonals.address();
        for (int r = 0; r < scores.count(); r++) {
            long row = rows + r * scores.strideBytes();
            RowArithmetic.add(row, row, values + (long) (first - r) * Float.BYTES, bytes);
        }
    }

    static void mask(Rows scores, int keys, int firstQuery, int before, int after) {
        long rows = scores.address();
        for (int r = 0; r < scores.count(); r++) {
            long row = rows + r * scores.strideBytes();
            long query = (long) firstQuery + r;
            int from = (int) Math.clamp(query - before, 0L, (long) keys);
            int to = (int) Math.clamp(query + after + 1, (long) from, (long) keys);
            Cells.set(row, 0, from, Float.NEGATIVE_INFINITY);
            Cells.set(row, to, keys, Float.NEGATIVE_INFINITY);
        }
    }
}
