package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Adds a residual and normalizes each row to mean 0 and variance 1, the variance taken around the mean. */
final class FusedNorm {

    private FusedNorm() {}

    static void run(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift, int lanes) {
        float[][] scratch = Scratch.ofThread();
        for (int row = 0; row < result.count(); row++) {
            float mean = sum(result, rows, residual, row, features, lanes, scratch) / features;
            Rows from = residual == null ? rows : result;
            float squares = RowSums.squares(from, row, features, mean, lanes, scratch);
            float factor = (float) (1 / Math.sqrt(squares / features + eps));
            for (int at = 0; at < features; at += Scratch.PIECE) {
                normalize(result, from, row, at, Math.min(Scratch.PIECE, features - at), mean, factor, scale, shift,
                        scratch);
            }
            result.fill(row, features, result.width(), 0);
        }
    }

    /** Returns the sum of a row, and leaves it with its residual in the result. */
    private static float sum(Rows result, Rows rows, Rows residual, int row, int features, int lanes,
            float[][] scratch) {
        float[] cells = scratch[0];
        float[] others = scratch[1];
        float[] sums = scratch[2];
        RowSums.begin(sums, lanes);
        for (int at = 0; at < features; at += Scratch.PIECE) {
            int count = Math.min(Scratch.PIECE, features - at);
            rows.read(row, at, cells, count);
            if (residual != null) {
                residual.read(row, at, others, count);
                for (int c = 0; c < count; c++) {
                    cells[c] += others[c];
                }
                result.write(row, at, cells, count);
            }
            RowSums.add(sums, lanes, cells, count);
        }
        return RowSums.total(sums, lanes);
    }

    private static void normalize(Rows result, Rows from, int row, int at, int count, float mean, float factor,
            Rows scale, Rows shift, float[][] scratch) {
        float[] cells = scratch[0];
        float[] scales = scratch[1];
        float[] shifts = scratch[2];
        from.read(row, at, cells, count);
        for (int c = 0; c < count; c++) {
            cells[c] = (cells[c] - mean) * factor;
        }
        if (scale != null) {
            scale.read(0, at, scales, count);
        }
        if (shift != null) {
            shift.read(0, at, shifts, count);
        }
        for (int c = 0; scale != null && shift != null && c < count; c++) {
            cells[c] = Fused.multiplyAdd(cells[c], scales[c], shifts[c]);
        }
        for (int c = 0; scale != null && shift == null && c < count; c++) {
            cells[c] *= scales[c];
        }
        for (int c = 0; scale == null && shift != null && c < count; c++) {
            cells[c] += shifts[c];
        }
        result.write(row, at, cells, count);
    }
}
