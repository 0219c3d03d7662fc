package io.lanewise.kernels.scalar;

/** Chains of fused multiply-adds, some side by side: an FMA takes four cycles, and two can start in each. */
final class Chains {

    /** Columns that are summed side by side. */
    static final int SIDE_BY_SIDE = 8;

    private Chains() {}

    /**
     * Computes {@code sums[c] += Σ factors[k] · panel[k][c]}, each element one chain in the order of {@code k}.
     *
     * @param width columns of a panel's row, a multiple of {@link #SIDE_BY_SIDE}
     */
    static void add(float[] sums, float[] factors, float[] panel, int depth, int width) {
        for (int c = 0; c < width; c += SIDE_BY_SIDE) {
            add8(sums, c, factors, panel, depth, width);
        }
    }

    private static void add8(float[] sums, int c, float[] factors, float[] panel, int depth, int width) {
        float sum0 = sums[c];
        float sum1 = sums[c + 1];
        float sum2 = sums[c + 2];
        float sum3 = sums[c + 3];
        float sum4 = sums[c + 4];
        float sum5 = sums[c + 5];
        float sum6 = sums[c + 6];
        float sum7 = sums[c + 7];
        int at = c;
        for (int k = 0; k < depth; k++) {
            float factor = factors[k];
            sum0 = Fused.multiplyAdd(factor, panel[at], sum0);
            sum1 = Fused.multiplyAdd(factor, panel[at + 1], sum1);
            sum2 = Fused.multiplyAdd(factor, panel[at + 2], sum2);
            sum3 = Fused.multiplyAdd(factor, panel[at + 3], sum3);
            sum4 = Fused.multiplyAdd(factor, panel[at + 4], sum4);
            sum5 = Fused.multiplyAdd(factor, panel[at + 5], sum5);
            sum6 = Fused.multiplyAdd(factor, panel[at + 6], sum6);
            sum7 = Fused.multiplyAdd(factor, panel[at + 7], sum7);
            at += width;
        }
        sums[c] = sum0;
        sums[c + 1] = sum1;
        sums[c + 2] = sum2;
        sums[c + 3] = sum3;
        sums[c + 4] = sum4;
        sums[c + 5] = sum5;
        sums[c + 6] = sum6;
        sums[c + 7] = sum7;
    }

    /** Adds the products of cells to the lanes that they belong to: {@code sums[i mod lanes] += left[i] · right[i]}. */
    static void addByLane(float[] sums, int lanes, float[] left, float[] right, int count) {
        for (int lane = 0; lane < lanes; lane += 4) {
            float sum0 = sums[lane];
            float sum1 = sums[lane + 1];
            float sum2 = sums[lane + 2];
            float sum3 = sums[lane + 3];
            for (int i = lane; i < count; i += lanes) {
                sum0 = Fused.multiplyAdd(left[i], right[i], sum0);
                sum1 = Fused.multiplyAdd(left[i + 1], right[i + 1], sum1);
                sum2 = Fused.multiplyAdd(left[i + 2], right[i + 2], sum2);
                sum3 = Fused.multiplyAdd(left[i + 3], right[i + 3], sum3);
            }
            sums[lane] = sum0;
            sums[lane + 1] = sum1;
            sums[lane + 2] = sum2;
            sums[lane + 3] = sum3;
        }
    }

    /** Returns the sum of lanes, whose halves are folded onto each other until one is left. */
    static float fold(float[] sums, int lanes) {
        for (int half = lanes / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                sums[lane] += sums[lane + half];
            }
        }
        return sums[0];
    }
}
