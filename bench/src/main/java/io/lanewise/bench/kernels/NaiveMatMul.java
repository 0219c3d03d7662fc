package io.lanewise.bench.kernels;

/** A matrix product as a reader would write it: arrays, three loops, one sum; the weight is {@code [n, k]}. */
final class NaiveMatMul implements Runnable {

    private final int n;
    private final int k;
    private final float[] rows;
    private final float[] weight;
    private final float[] result;

    NaiveMatMul(int m, int n, int k, float[] rows, float[] weight) {
        this.n = n;
        this.k = k;
        this.rows = rows;
        this.weight = weight;
        this.result = new float[m * n];
    }

    @Override
    public void run() {
        for (int row = 0; row < result.length / n; row++) {
            for (int column = 0; column < n; column++) {
                float sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += rows[row * k + i] * weight[column * k + i];
                }
                result[row * n + column] = sum;
            }
        }
    }

    float[] result() {
        return result;
    }
}
