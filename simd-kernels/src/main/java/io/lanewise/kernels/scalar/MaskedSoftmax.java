package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Softmax of each row over its unmasked keys: {@code exp(s - max) / Σ exp(s - max)}. */
final class MaskedSoftmax {

    private MaskedSoftmax() {}

    static void run(Rows scores, int keys, Rows mask, float empty) {
        run(scores, keys, mask, empty, null);
    }

    static void runPartial(Rows scores, int keys, Rows mask, Rows sums) {
        for (int row = 0; row < scores.count(); row++) {
            sums.set(row, 0, Float.NEGATIVE_INFINITY);
            sums.set(row, 1, 0);
        }
        run(scores, keys, mask, 0, sums);
    }

    private static void run(Rows scores, int keys, Rows mask, float empty, Rows sums) {
        for (int row = 0; row < scores.count(); row++) {
            for (int key = keys; key < scores.width(); key++) {
                scores.set(row, key, 0);
            }
            float max = maximum(scores, row, keys, mask);
            if (max == Float.NEGATIVE_INFINITY) {
                for (int key = 0; key < keys; key++) {
                    scores.set(row, key, empty);
                }
            } else {
                softmax(scores, row, keys, max, sums);
            }
        }
    }

    /** Sets masked scores to −∞ and returns the largest of all, which is −∞ where there is none. */
    private static float maximum(Rows scores, int row, int keys, Rows mask) {
        float max = Float.NEGATIVE_INFINITY;
        for (int key = 0; key < keys; key++) {
            if (isMasked(mask, key)) {
                scores.set(row, key, Float.NEGATIVE_INFINITY);
            }
            max = Math.max(max, scores.get(row, key));
        }
        return max;
    }

    private static void softmax(Rows scores, int row, int keys, float max, Rows sums) {
        float sum = 0;
        for (int key = 0; key < keys; key++) {
            float exp = VectorMath.exp(scores.get(row, key) - max);
            scores.set(row, key, exp);
            sum += exp;
        }
        for (int key = 0; key < keys; key++) {
            scores.set(row, key, scores.get(row, key) / sum);
        }
        if (sums != null) {
            sums.set(row, 0, max);
            sums.set(row, 1, sum);
        }
    }

    private static boolean isMasked(Rows mask, int key) {
        return mask != null && mask.get(0, key) != 0;
    }
}
