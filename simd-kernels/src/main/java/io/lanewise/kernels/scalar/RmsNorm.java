package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Divides each row by the root of its mean square. */
final class RmsNorm {

    private RmsNorm() {}

    static void run(Rows result, Rows rows, int features, float eps, Rows scale) {
        for (int row = 0; row < result.count(); row++) {
            float squares = 0;
            for (int c = 0; c < features; c++) {
                squares += rows.get(row, c) * rows.get(row, c);
            }
            float inverse = (float) (1 / Math.sqrt(squares / features + eps));
            for (int c = 0; c < features; c++) {
                float normalized = rows.get(row, c) * inverse;
                result.set(row, c, scale == null ? normalized : normalized * scale.get(0, c));
            }
            for (int c = features; c < result.width(); c++) {
                result.set(row, c, 0);
            }
        }
    }
}
