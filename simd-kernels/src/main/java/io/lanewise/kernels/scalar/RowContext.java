package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Mixes value rows by attention: {@code context[i][c] = Σ attention[i][j] · values[j][c]}. */
final class RowContext {

    private RowContext() {}

    static void run(Rows context, Rows attention, Rows values) {
        for (int row = 0; row < context.count(); row++) {
            for (int column = 0; column < context.width(); column++) {
                float sum = 0;
                for (int key = 0; key < values.count(); key++) {
                    sum += attention.get(row, key) * values.get(key, column);
                }
                context.set(row, column, sum);
            }
        }
    }
}
