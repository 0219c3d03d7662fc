package io.lanewise.kernels.scalar;

import java.util.Arrays;

import io.lanewise.kernels.SumOrder;
import io.lanewise.memory.Rows;

/** Mixes value rows by attention: {@code context[i][c] = Σ attention[i][j] · values[j][c]}, one chain over the keys an element. */
final class RowContext {

    private RowContext() {}

    static void run(Rows context, Rows attention, Rows values) {
        float[][] scratch = Scratch.ofThread();
        for (int column = 0; column < context.width(); column += Scratch.COLUMNS) {
            int columns = Math.min(Scratch.COLUMNS, context.width() - column);
            for (int key = 0; key < values.count(); key += SumOrder.BLOCK_DEPTH) {
                int keys = Math.min(SumOrder.BLOCK_DEPTH, values.count() - key);
                block(context, attention, values, column, columns, key, keys, scratch);
            }
        }
    }

    /** Goes on with the chains of some columns for some keys. A sum is never −0 at its end, as a key of weight 0 would make it 0. */
    private static void block(Rows context, Rows attention, Rows values, int column, int columns, int firstKey,
            int keys, float[][] scratch) {
        float[] weights = scratch[0];
        float[] sums = scratch[1];
        float[] panel = Scratch.panel(scratch);
        int width = Math.ceilDiv(columns, Chains.SIDE_BY_SIDE) * Chains.SIDE_BY_SIDE;
        for (int key = 0; key < keys; key++) {
            values.read(firstKey + key, column, panel, key * width, columns);
        }
        boolean last = firstKey + keys == values.count();
        for (int row = 0; row < context.count(); row++) {
            attention.read(row, firstKey, weights, keys);
            if (firstKey == 0) {
                Arrays.fill(sums, 0, width, 0);
            } else {
                context.read(row, column, sums, columns);
            }
            Chains.add(sums, weights, panel, keys, width);
            for (int c = 0; last && c < columns; c++) {
                sums[c] += 0f;
            }
            context.write(row, column, sums, columns);
        }
    }
}
