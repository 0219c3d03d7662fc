package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Adds a residual and normalizes each row to mean 0 and variance 1, the variance taken around the mean. */
final class FusedNorm {

    private FusedNorm() {}

    static void run(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        for (int row = 0; row < result.count(); row++) {
            float sum = 0;
            for (int c = 0; c < features; c++) {
                float z = rows.get(row, c) + (residual == null ? 0 : residual.get(row, c));
                result.set(row, c, z);
                sum += z;
            }
            float mean = sum / features;
            float squares = 0;
            for (int c = 0; c < features; c++) {
                float centered = result.get(row, c) - mean;
                squares += centered * centered;
            }
            float inverse = (float) (1 / Math.sqrt(squares / features + eps));
            for (int c = 0; c < features; c++) {
                float normalized = (result.get(row, c) - mean) * inverse;
                float scaled = scale == null ? normalized : normalized * scale.get(0, c);
                result.set(row, c, shift == null ? scaled : scaled + shift.get(0, c));
            }
            for (int c = features; c < result.width(); c++) {
                result.set(row, c, 0);
            }
        }
    }
}
