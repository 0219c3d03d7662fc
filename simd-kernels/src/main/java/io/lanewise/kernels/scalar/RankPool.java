package io.lanewise.kernels.scalar;

import java.util.Arrays;

import io.lanewise.memory.Rows;

/** Products of two rows summed over ranks, their signed root, made of length 1. */
final class RankPool {

    /** What a row's length counts as at least. */
    private static final float LEAST_LENGTH = 1e-12f;

    private RankPool() {}

    static void run(Rows result, Rows left, Rows right, int features, int rank, int lanes) {
        float[][] scratch = Scratch.ofThread();
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < features; at += Scratch.PIECE) {
                roots(result, left, right, row, at, Math.min(Scratch.PIECE, features - at), features, rank, scratch);
            }
            float length = (float) Math.sqrt(RowSums.squares(result, row, features, 0, lanes, scratch));
            for (int at = 0; at < features; at += Scratch.PIECE) {
                divide(result, row, at, Math.min(Scratch.PIECE, features - at),
                        length < LEAST_LENGTH ? LEAST_LENGTH : length, scratch[0]);
            }
            result.fill(row, features, result.width(), 0);
        }
    }

    private static void roots(Rows result, Rows left, Rows right, int row, int at, int count, int features, int rank,
            float[][] scratch) {
        float[] sums = scratch[0];
        float[] lefts = scratch[1];
        float[] rights = scratch[2];
        Arrays.fill(sums, 0, count, 0);
        for (int r = 0; r < rank; r++) {
            left.read(row, r * features + at, lefts, count);
            right.read(row, r * features + at, rights, count);
            for (int c = 0; c < count; c++) {
                sums[c] = Fused.multiplyAdd(lefts[c], rights[c], sums[c]);
            }
        }
        for (int c = 0; c < count; c++) {
            float root = (float) Math.sqrt(Math.abs(sums[c]));
            sums[c] = sums[c] < 0 ? -root : root;
        }
        result.write(row, at, sums, count);
    }

    private static void divide(Rows result, int row, int at, int count, float length, float[] cells) {
        result.read(row, at, cells, count);
        for (int c = 0; c < count; c++) {
            cells[c] /= length;
        }
        result.write(row, at, cells, count);
    }
}
