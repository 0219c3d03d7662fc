package io.lanewise.kernels.scalar;

import java.util.Arrays;

import io.lanewise.memory.Rows;

/** Softmax of each row over its unmasked keys: {@code exp(s - max) / Σ exp(s - max)}. */
final class MaskedSoftmax {

    private MaskedSoftmax() {}

    static void run(Rows scores, int keys, Rows mask, float empty, int lanes) {
        boolean any = anyUnmasked(mask, keys);
        for (int row = 0; row < scores.count(); row++) {
            if (any) {
                softmax(scores, row, keys, mask, empty, null, lanes);
            } else {
                scores.fill(row, 0, keys, empty);
            }
            scores.fill(row, keys, scores.width(), 0);
        }
    }

    static void runPartial(Rows scores, int keys, Rows mask, Rows sums, int lanes) {
        boolean any = anyUnmasked(mask, keys);
        for (int row = 0; row < scores.count(); row++) {
            if (any) {
                softmax(scores, row, keys, mask, 0, sums, lanes);
            } else {
                scores.fill(row, 0, keys, 0);
                sums.set(row, 0, Float.NEGATIVE_INFINITY);
                sums.set(row, 1, 0);
            }
            scores.fill(row, keys, scores.width(), 0);
        }
    }

    private static void softmax(Rows scores, int row, int keys, Rows mask, float empty, Rows sums, int lanes) {
        float[][] scratch = Scratch.ofThread();
        float maximum = maximum(scores, row, keys, mask, lanes, scratch);
        float sum = powers(scores, row, keys, maximum, lanes, scratch);
        float factor = sum == 0 ? empty : 1 / sum;
        float[] cells = scratch[0];
        for (int at = 0; at < keys; at += Scratch.PIECE) {
            int count = Math.min(Scratch.PIECE, keys - at);
            scores.read(row, at, cells, count);
            for (int c = 0; c < count; c++) {
                cells[c] *= factor;
            }
            scores.write(row, at, cells, count);
        }
        if (sums != null) {
            sums.set(row, 0, sum == 0 ? Float.NEGATIVE_INFINITY : maximum);
            sums.set(row, 1, sum);
        }
    }

    /** Sets masked scores to −∞ and returns the largest of all; of a row of −∞ one that leaves a power of 0 to each. */
    private static float maximum(Rows scores, int row, int keys, Rows mask, int lanes, float[][] scratch) {
        float[] cells = scratch[0];
        float[] masks = scratch[1];
        float[] maxima = scratch[2];
        Arrays.fill(maxima, 0, lanes, -Float.MAX_VALUE);
        for (int at = 0; at < keys; at += Scratch.PIECE) {
            int count = Math.min(Scratch.PIECE, keys - at);
            scores.read(row, at, cells, count);
            if (mask != null) {
                mask.read(0, at, masks, count);
                hide(cells, masks, count);
                scores.write(row, at, cells, count);
            }
            for (int c = 0; c < count; c++) {
                int lane = c & lanes - 1;
                maxima[lane] = cells[c] > maxima[lane] ? cells[c] : maxima[lane];
            }
        }
        float maximum = maxima[0];
        for (int lane = 1; lane < lanes; lane++) {
            maximum = Math.max(maximum, maxima[lane]);
        }
        return maximum;
    }

    private static void hide(float[] cells, float[] masks, int count) {
        for (int c = 0; c < count; c++) {
            if (masks[c] != 0) {
                cells[c] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Sets scores to powers and returns their sum. */
    private static float powers(Rows scores, int row, int keys, float maximum, int lanes, float[][] scratch) {
        float[] cells = scratch[0];
        float[] sums = scratch[1];
        RowSums.begin(sums, lanes);
        for (int at = 0; at < keys; at += Scratch.PIECE) {
            int count = Math.min(Scratch.PIECE, keys - at);
            scores.read(row, at, cells, count);
            for (int c = 0; c < count; c++) {
                cells[c] = Powers.exp(cells[c] - maximum);
            }
            scores.write(row, at, cells, count);
            RowSums.add(sums, lanes, cells, count);
        }
        return RowSums.total(sums, lanes);
    }

    private static boolean anyUnmasked(Rows mask, int keys) {
        for (int key = 0; key < keys; key++) {
            if (mask == null || mask.get(0, key) == 0) {
                return true;
            }
        }
        return false;
    }
}
