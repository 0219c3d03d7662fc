package io.lanewise.kernels.scalar;

import java.util.Arrays;

import io.lanewise.kernels.SumOrder;
import io.lanewise.memory.Rows;

/**
 * Multiplies every query with every key: {@code scores[i][j] = scale · Σ queries[i][k] · keys[j][k]}. Shallow rows are chains of
 * products with scaled keys, deep ones are summed by lane and scaled at the end.
 */
final class RowScores {

    private RowScores() {}

    static void run(Rows scores, Rows queries, Rows keys, float scale, int lanes) {
        if (queries.width() <= SumOrder.CHAINED_DEPTH) {
            chained(scores, queries, keys, scale);
        } else {
            byLane(scores, queries, keys, scale, lanes);
        }
    }

    private static void chained(Rows scores, Rows queries, Rows keys, float scale) {
        float[][] scratch = Scratch.ofThread();
        float[] factors = scratch[0];
        float[] sums = scratch[1];
        float[] panel = Scratch.panel(scratch);
        for (int first = 0; first < keys.count(); first += Scratch.COLUMNS) {
            int count = Math.min(Scratch.COLUMNS, keys.count() - first);
            int width = Math.ceilDiv(count, Chains.SIDE_BY_SIDE) * Chains.SIDE_BY_SIDE;
            transpose(keys, first, count, scale, scratch[2], panel, width);
            for (int query = 0; query < queries.count(); query++) {
                queries.read(query, 0, factors, queries.width());
                Arrays.fill(sums, 0, width, 0);
                Chains.add(sums, factors, panel, queries.width(), width);
                for (int c = 0; c < count; c++) {
                    sums[c] += 0f;
                }
                scores.write(query, first, sums, count);
            }
        }
    }

    /** Fills a panel with scaled keys, a column each. */
    private static void transpose(Rows keys, int first, int count, float scale, float[] key, float[] panel, int width) {
        for (int c = 0; c < count; c++) {
            keys.read(first + c, 0, key, keys.width());
            for (int k = 0; k < keys.width(); k++) {
                panel[k * width + c] = key[k] * scale;
            }
        }
    }

    private static void byLane(Rows scores, Rows queries, Rows keys, float scale, int lanes) {
        float[][] scratch = Scratch.ofThread();
        float[] left = scratch[0];
        float[] right = scratch[1];
        float[] sums = scratch[2];
        for (int query = 0; query < queries.count(); query++) {
            for (int key = 0; key < keys.count(); key++) {
                Arrays.fill(sums, 0, lanes, 0);
                for (int from = 0; from < queries.width(); from += Scratch.PIECE) {
                    int count = Math.min(Scratch.PIECE, queries.width() - from);
                    queries.read(query, from, left, count);
                    keys.read(key, from, right, count);
                    Chains.addByLane(sums, lanes, left, right, count);
                }
                scores.set(query, key, Chains.fold(sums, lanes) * scale);
            }
        }
    }
}
