package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Divides each row by the root of its mean square. */
final class RmsNorm {

    private RmsNorm() {}

    static void run(Rows result, Rows rows, int features, float eps, Rows scale, int lanes) {
        float[][] scratch = Scratch.ofThread();
        for (int row = 0; row < result.count(); row++) {
            float squares = RowSums.squares(rows, row, features, 0, lanes, scratch);
            float factor = (float) (1 / Math.sqrt(squares / features + eps));
            for (int at = 0; at < features; at += Scratch.PIECE) {
                normalize(result, rows, row, at, Math.min(Scratch.PIECE, features - at), factor, scale, scratch);
            }
            result.fill(row, features, result.width(), 0);
        }
    }

    private static void normalize(Rows result, Rows rows, int row, int at, int count, float factor, Rows scale,
            float[][] scratch) {
        float[] cells = scratch[0];
        float[] scales = scratch[1];
        rows.read(row, at, cells, count);
        for (int c = 0; c < count; c++) {
            cells[c] *= factor;
        }
        if (scale != null) {
            scale.read(0, at, scales, count);
            for (int c = 0; c < count; c++) {
                cells[c] *= scales[c];
            }
        }
        result.write(row, at, cells, count);
    }
}
