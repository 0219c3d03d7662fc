package io.lanewise.kernels.scalar;

import java.util.Arrays;

import io.lanewise.kernels.SumOrder;
import io.lanewise.memory.Rows;

/** A row's sum, taken piece by piece: which lane takes a cell depends on its place alone, as {@link SumOrder} tells. */
final class RowSums {

    private RowSums() {}

    /** Starts a sum over vectors of so many lanes. */
    static void begin(float[] sums, int lanes) {
        Arrays.fill(sums, 0, SumOrder.TURNS * lanes, 0);
    }

    /** Adds a piece that begins at a whole turn of the lanes. */
    static void add(float[] sums, int lanes, float[] cells, int count) {
        int last = SumOrder.TURNS * lanes - 1;
        for (int i = 0; i < count; i++) {
            sums[i & last] += cells[i];
        }
    }

    /** Returns {@code Σ (row − mean)²} over the first cells of a row; overwrites two of the arrays. */
    static float squares(Rows rows, int row, int features, float mean, int lanes, float[][] scratch) {
        float[] cells = scratch[0];
        float[] sums = scratch[2];
        begin(sums, lanes);
        for (int at = 0; at < features; at += Scratch.PIECE) {
            int count = Math.min(Scratch.PIECE, features - at);
            rows.read(row, at, cells, count);
            addSquares(sums, lanes, cells, count, mean);
        }
        return total(sums, lanes);
    }

    /** Adds {@code (cells − mean)²} of a piece; what fills no whole vector at a row's end goes to the last of the turn. */
    private static void addSquares(float[] sums, int lanes, float[] cells, int count, float mean) {
        int last = SumOrder.TURNS * lanes - 1;
        int whole = count - count % lanes;
        for (int i = 0; i < whole; i++) {
            float centered = cells[i] - mean;
            sums[i & last] = Fused.multiplyAdd(centered, centered, sums[i & last]);
        }
        int rest = (SumOrder.TURNS - 1) * lanes - whole;
        for (int i = whole; i < count; i++) {
            float centered = cells[i] - mean;
            sums[i + rest] = Fused.multiplyAdd(centered, centered, sums[i + rest]);
        }
    }

    /** Returns the sum of all lanes. */
    static float total(float[] sums, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            sums[lane] = (sums[lane] + sums[lane + lanes]) + (sums[lane + 2 * lanes] + sums[lane + 3 * lanes]);
        }
        return Chains.fold(sums, lanes);
    }
}
