package io.lanewise.encoders;

/** The arithmetic that makes tables of relative positions from weights, in double, once. */
final class RelativeTable {

    private RelativeTable() {}

    /** Returns the rows of a table, normed where there is a scale. */
    static double[] rows(float[] table, int features, float[] scale, float[] shift, double epsilon) {
        double[] rows = new double[table.length];
        for (int start = 0; start < table.length; start += features) {
            double mean = 0;
            for (int f = 0; f < features; f++) {
                mean += table[start + f] / (double) features;
            }
            double variance = 0;
            for (int f = 0; f < features; f++) {
                variance += (table[start + f] - mean) * (table[start + f] - mean) / features;
            }
            for (int f = 0; f < features; f++) {
                rows[start + f] = scale == null
                        ? table[start + f]
                        : (table[start + f] - mean) / Math.sqrt(variance + epsilon) * scale[f] + shift[f];
            }
        }
        return rows;
    }

    /** Returns {@code rows · Wᵀ + b}, rounded once. */
    static float[] projected(double[] rows, float[] weight, float[] bias, int features) {
        float[] projected = new float[rows.length];
        for (int row = 0; row < rows.length / features; row++) {
            for (int out = 0; out < features; out++) {
                double sum = bias[out];
                for (int in = 0; in < features; in++) {
                    sum += rows[row * features + in] * weight[out * features + in];
                }
                projected[row * features + out] = (float) sum;
            }
        }
        return projected;
    }
}
