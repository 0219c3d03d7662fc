package io.lanewise.reference;

import io.lanewise.kernels.Activation;

/** The same loops in double: the truth to measure an error against. */
final class DoubleMath implements NaiveMath<double[]> {

    @Override
    public double[] of(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    @Override
    public double[] linear(double[] x, double[] weight, double[] bias, int in, int out) {
        int rows = x.length / in;
        double[] y = new double[rows * out];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                double sum = 0;
                for (int i = 0; i < in; i++) {
                    sum += x[row * in + i] * weight[o * in + i];
                }
                y[row * out + o] = bias == null ? sum : sum + bias[o];
            }
        }
        return y;
    }

    @Override
    public double[] scores(double[] queries, double[] keys, Groups groups, int dim, double scale) {
        double[] scores = new double[groups.count() * groups.queries() * groups.keys()];
        for (int g = 0, cell = 0; g < groups.count(); g++) {
            for (int q = 0; q < groups.queries(); q++) {
                for (int k = 0; k < groups.keys(); k++, cell++) {
                    double sum = 0;
                    for (int d = 0; d < dim; d++) {
                        sum += queries[(g * groups.queries() + q) * dim + d] * keys[(g * groups.keys() + k) * dim + d];
                    }
                    scores[cell] = sum * scale;
                }
            }
        }
        return scores;
    }

    @Override
    public double[] maskedSoftmax(double[] scores, Groups groups, boolean[] maskedKeys, boolean[] maskedQueries,
            double empty) {
        int keys = groups.keys();
        double[] attention = new double[scores.length];
        for (int row = 0; row < groups.count() * groups.queries(); row++) {
            if (maskedQueries[row]) {
                continue;
            }
            int firstKey = row / groups.queries() * keys;
            boolean isEmpty = true;
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < keys; k++) {
                if (!maskedKeys[firstKey + k]) {
                    isEmpty = false;
                    max = Math.max(max, scores[row * keys + k]);
                }
            }
            double sum = 0;
            for (int k = 0; k < keys; k++) {
                double score = maskedKeys[firstKey + k] ? Double.NEGATIVE_INFINITY : scores[row * keys + k];
                attention[row * keys + k] = Math.exp(score - max);
                sum += attention[row * keys + k];
            }
            for (int k = 0; k < keys; k++) {
                attention[row * keys + k] = isEmpty ? empty : attention[row * keys + k] / sum;
            }
        }
        return attention;
    }

    @Override
    public double[] context(double[] attention, double[] values, Groups groups, int dim, boolean[] maskedKeys,
            boolean[] maskedQueries) {
        int keys = groups.keys();
        double[] context = new double[groups.count() * groups.queries() * dim];
        for (int row = 0; row < groups.count() * groups.queries(); row++) {
            int firstKey = row / groups.queries() * keys;
            for (int k = 0; k < keys; k++) {
                double weight = attention[row * keys + k];
                if (maskedQueries[row] || weight == 0 && maskedKeys[firstKey + k]) {
                    continue; // padding neither attends nor counts, whatever stands there, NaN even
                }
                for (int d = 0; d < dim; d++) {
                    context[row * dim + d] += weight * values[(firstKey + k) * dim + d];
                }
            }
        }
        return context;
    }

    @Override
    public double[] transpose(double[] x, int outer, int rows, int columns, int dim) {
        double[] y = new double[x.length];
        for (int o = 0; o < outer; o++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int from = ((o * rows + row) * columns + column) * dim;
                    int to = ((o * columns + column) * rows + row) * dim;
                    for (int d = 0; d < dim; d++) {
                        y[to + d] = x[from + d];
                    }
                }
            }
        }
        return y;
    }

    @Override
    public double[] gather(double[] table, int[] indices, int features) {
        double[] rows = new double[indices.length * features];
        for (int row = 0; row < indices.length; row++) {
            for (int f = 0; f < features; f++) {
                rows[row * features + f] = table[indices[row] * features + f];
            }
        }
        return rows;
    }

    @Override
    public double[] concat(double[] left, double[] right, int leftFeatures, int rightFeatures) {
        int features = leftFeatures + rightFeatures;
        double[] both = new double[left.length + right.length];
        for (int row = 0; row < both.length / features; row++) {
            for (int f = 0; f < leftFeatures; f++) {
                both[row * features + f] = left[row * leftFeatures + f];
            }
            for (int f = 0; f < rightFeatures; f++) {
                both[row * features + leftFeatures + f] = right[row * rightFeatures + f];
            }
        }
        return both;
    }

    @Override
    public double[] add(double[] left, double[] right) {
        double[] sum = new double[left.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = left[i] + right[i];
        }
        return sum;
    }

    @Override
    public double[] activate(double[] x, Activation activation) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = switch (activation) {
                case NONE -> x[i];
                case RELU -> Math.max(x[i], 0);
            };
        }
        return y;
    }

    @Override
    public double[] layerNorm(double[] x, double[] scale, double[] shift, int features, double eps) {
        double[] y = new double[x.length];
        for (int start = 0; start < x.length; start += features) {
            double sum = 0;
            for (int f = 0; f < features; f++) {
                sum += x[start + f];
            }
            double mean = sum / features;
            double squares = 0;
            for (int f = 0; f < features; f++) {
                squares += (x[start + f] - mean) * (x[start + f] - mean);
            }
            double deviation = Math.sqrt(squares / features + eps);
            for (int f = 0; f < features; f++) {
                double normal = (x[start + f] - mean) / deviation;
                y[start + f] = normal * (scale == null ? 1 : scale[f]) + (shift == null ? 0 : shift[f]);
            }
        }
        return y;
    }

    @Override
    public boolean[] zeroRows(double[] x, int rows, int features) {
        boolean[] zero = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            zero[row] = RowSum.isZero(x, row * features, features);
        }
        return zero;
    }
}
