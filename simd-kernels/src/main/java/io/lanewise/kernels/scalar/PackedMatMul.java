package io.lanewise.kernels.scalar;

import java.util.Arrays;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.Storage;
import io.lanewise.kernels.SumOrder;
import io.lanewise.memory.Rows;

/** Multiplies rows by a packed weight: every output element is one chain over each block of the depth, in order. */
final class PackedMatMul {

    private PackedMatMul() {}

    static void run(Rows result, Rows rows, PackedWeight weight, int panel, boolean accumulate, Activation activation) {
        float[][] scratch = Scratch.ofThread();
        if (accumulate && weight.hasBias()) {
            addBias(result, weight, scratch);
        }
        float[] cells = Scratch.panel(scratch);
        for (int k = 0; k < weight.depth(); k += SumOrder.BLOCK_DEPTH) {
            int depth = Math.min(SumOrder.BLOCK_DEPTH, weight.depth() - k);
            for (int column = 0; column < weight.columns(); column += panel) {
                weight.readPanel(column, k, cells, depth, panel);
                block(result, rows, weight, column, panel, k, depth, k > 0 || accumulate, scratch);
            }
        }
        if (activation != Activation.NONE) {
            RowArithmetic.activate(result, result, activation, weight.columns());
        }
    }

    /** Multiplies all rows by a block of a panel, and adds the bias, or the result if there is more than this block. */
    private static void block(Rows result, Rows rows, PackedWeight weight, int column, int panel, int k, int depth,
            boolean more, float[][] scratch) {
        float[] factors = scratch[0];
        float[] sums = scratch[1];
        float[] addends = scratch[2];
        float[] cells = Scratch.panel(scratch);
        for (int row = 0; row < rows.count(); row++) {
            rows.read(row, k, factors, depth);
            if (more) {
                result.read(row, column, addends, panel);
            } else {
                weight.readBias(column, addends, panel);
            }
            Arrays.fill(sums, 0, panel, 0);
            Chains.add(sums, factors, cells, depth, panel);
            addTo(addends, sums, weight, column, panel, scratch[3]);
            result.write(row, column, addends, panel);
        }
    }

    /** Adds sums of products, of {@link Storage#INT8} each times its column's scale. */
    private static void addTo(float[] addends, float[] sums, PackedWeight weight, int column, int panel,
            float[] scales) {
        if (weight.storage() == Storage.INT8) {
            weight.readScales(column, scales, panel);
            for (int c = 0; c < panel; c++) {
                addends[c] = Fused.multiplyAdd(sums[c], scales[c], addends[c]);
            }
        } else {
            for (int c = 0; c < panel; c++) {
                addends[c] += sums[c];
            }
        }
    }

    private static void addBias(Rows result, PackedWeight weight, float[][] scratch) {
        float[] sums = scratch[0];
        float[] bias = scratch[1];
        for (int from = 0; from < weight.columns(); from += Scratch.PIECE) {
            int count = Math.min(Scratch.PIECE, weight.columns() - from);
            weight.readBias(from, bias, count);
            for (int row = 0; row < result.count(); row++) {
                result.read(row, from, sums, count);
                for (int c = 0; c < count; c++) {
                    sums[c] += bias[c];
                }
                result.write(row, from, sums, count);
            }
        }
    }
}
