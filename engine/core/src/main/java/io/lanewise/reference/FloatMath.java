package io.lanewise.reference;

import io.lanewise.kernels.Activation;

/** Loops as one would write them first, in {@code float}; {@link NaiveMath} tells of both precisions. */
final class FloatMath implements NaiveMath<float[]> {

    @Override
    public float[] linear(float[] x, float[] weight, float[] bias, int in, int out) {
        int rows = x.length / in;
        float[] y = new float[rows * out];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                float sum = 0;
                for (int i = 0; i < in; i++) {
                    sum += x[row * in + i] * weight[o * in + i];
                }
                y[row * out + o] = bias == null ? sum : sum + bias[o];
            }
        }
        return y;
    }

    @Override
    public float[] scores(float[] queries, float[] keys, Groups groups, int dim, double scale) {
        float[] scores = new float[groups.count() * groups.queries() * groups.keys()];
        for (int g = 0, cell = 0; g < groups.count(); g++) {
            for (int q = 0; q < groups.queries(); q++) {
                for (int k = 0; k < groups.keys(); k++, cell++) {
                    float sum = 0;
                    for (int d = 0; d < dim; d++) {
                        sum += queries[(g * groups.queries() + q) * dim + d] * keys[(g * groups.keys() + k) * dim + d];
                    }
                    scores[cell] = sum * (float) scale;
                }
            }
        }
        return scores;
    }

    @Override
    public float[] maskedSoftmax(float[] scores, Groups groups, boolean[] maskedKeys, boolean[] maskedQueries,
            double empty) {
        int keys = groups.keys();
        float[] attention = new float[scores.length];
        for (int row = 0; row < groups.count() * groups.queries(); row++) {
            if (maskedQueries[row]) {
                continue;
            }
            int firstKey = row / groups.queries() * keys;
            boolean isEmpty = true;
            float max = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < keys; k++) {
                if (!maskedKeys[firstKey + k]) {
                    isEmpty = false;
                    max = Math.max(max, scores[row * keys + k]);
                }
            }
            float sum = 0;
            for (int k = 0; k < keys; k++) {
                float score = maskedKeys[firstKey + k] ? Float.NEGATIVE_INFINITY : scores[row * keys + k];
                attention[row * keys + k] = (float) Math.exp(score - max);
                sum += attention[row * keys + k];
            }
            for (int k = 0; k < keys; k++) {
                attention[row * keys + k] = isEmpty ? (float) empty : attention[row * keys + k] / sum;
            }
        }
        return attention;
    }

    @Override
    public float[] context(float[] attention, float[] values, Groups groups, int dim, boolean[] maskedKeys,
            boolean[] maskedQueries) {
        int keys = groups.keys();
        float[] context = new float[groups.count() * groups.queries() * dim];
        for (int row = 0; row < groups.count() * groups.queries(); row++) {
            int firstKey = row / groups.queries() * keys;
            for (int k = 0; k < keys; k++) {
                float weight = attention[row * keys + k];
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
    public float[] transpose(float[] x, int outer, int rows, int columns, int dim) {
        float[] y = new float[x.length];
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
    public float[] gather(float[] table, int[] indices, int features) {
        float[] rows = new float[indices.length * features];
        for (int row = 0; row < indices.length; row++) {
            for (int f = 0; f < features; f++) {
                rows[row * features + f] = table[indices[row] * features + f];
            }
        }
        return rows;
    }

    @Override
    public float[] concat(float[] left, float[] right, int leftFeatures, int rightFeatures) {
        int features = leftFeatures + rightFeatures;
        float[] both = new float[left.length + right.length];
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
    public float[] add(float[] left, float[] right) {
        float[] sum = new float[left.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = left[i] + right[i];
        }
        return sum;
    }

    @Override
    public float[] multiply(float[] left, float[] right) {
        float[] product = new float[left.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = left[i] * right[i];
        }
        return product;
    }

    @Override
    public float[] slice(float[] x, int features, int first, int count) {
        float[] some = new float[x.length / features * count];
        for (int i = 0; i < some.length; i++) {
            some[i] = x[i / count * features + first + i % count];
        }
        return some;
    }

    @Override
    public float[] activate(float[] x, Activation activation) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) activation.apply(x[i]);
        }
        return y;
    }

    @Override
    public float[] layerNorm(float[] x, float[] scale, float[] shift, int features, double eps) {
        float[] y = new float[x.length];
        for (int start = 0; start < x.length; start += features) {
            float sum = 0;
            for (int f = 0; f < features; f++) {
                sum += x[start + f];
            }
            float mean = sum / features;
            float squares = 0;
            for (int f = 0; f < features; f++) {
                squares += (x[start + f] - mean) * (x[start + f] - mean);
            }
            float deviation = (float) Math.sqrt(squares / features + (float) eps);
            for (int f = 0; f < features; f++) {
                float normal = (x[start + f] - mean) / deviation;
                y[start + f] = normal * (scale == null ? 1 : scale[f]) + (shift == null ? 0 : shift[f]);
            }
        }
        return y;
    }

    @Override
    public float[] rmsNorm(float[] x, float[] scale, int features, double eps) {
        float[] y = new float[x.length];
        for (int start = 0; start < x.length; start += features) {
            float squares = 0;
            for (int f = 0; f < features; f++) {
                squares += x[start + f] * x[start + f];
            }
            float root = (float) Math.sqrt(squares / features + (float) eps);
            for (int f = 0; f < features; f++) {
                y[start + f] = x[start + f] / root * (scale == null ? 1 : scale[f]);
            }
        }
        return y;
    }

    @Override
    public float[] normalize(float[] x, int features, double least) {
        float[] y = new float[x.length];
        for (int start = 0; start < x.length; start += features) {
            float squares = 0;
            for (int f = 0; f < features; f++) {
                squares += x[start + f] * x[start + f];
            }
            float length = Math.max((float) Math.sqrt(squares), (float) least);
            for (int f = 0; f < features; f++) {
                y[start + f] = x[start + f] / length;
            }
        }
        return y;
    }

    @Override
    public float[] rotate(float[] x, float[] table, int[] places, int dim) {
        float[] y = new float[x.length];
        int half = dim / 2;
        for (int row = 0; row < places.length; row++) {
            for (int i = 0; i < half; i++) {
                float cosine = table[places[row] * dim + i];
                float sine = table[places[row] * dim + half + i];
                float first = x[row * dim + i];
                float second = x[row * dim + half + i];
                y[row * dim + i] = first * cosine - second * sine;
                y[row * dim + half + i] = second * cosine + first * sine;
            }
        }
        return y;
    }

    // ---------------------------------------------------------------- what is added to scores

    @Override
    public float[] biased(float[] scores, Groups groups, float[] diagonals, int columns, int[] places) {
        float[] biased = new float[scores.length];
        int period = diagonals.length / columns;
        for (int row = 0; row < places.length; row++) {
            int center = row / groups.queries() % period * columns + columns / 2;
            for (int k = 0; k < groups.keys(); k++) {
                int cell = row * groups.keys() + k;
                biased[cell] = scores[cell] + diagonals[center + k - places[row]];
            }
        }
        return biased;
    }

    @Override
    public float[] windowed(float[] scores, Groups groups, int before, int after, int[] places) {
        float[] windowed = new float[scores.length];
        for (int row = 0; row < places.length; row++) {
            for (int k = 0; k < groups.keys(); k++) {
                int cell = row * groups.keys() + k;
                boolean isSeen = places[row] - k <= before && k - places[row] <= after;
                windowed[cell] = isSeen ? scores[cell] : Float.NEGATIVE_INFINITY;
            }
        }
        return windowed;
    }

    @Override
    public float[] disentangled(float[] scores, Groups groups, float[] ofQueries, float[] ofKeys, int[] columns,
            int buckets, int[] places) {
        float[] sums = new float[scores.length];
        for (int row = 0; row < places.length; row++) {
            int firstKey = row / groups.queries() * groups.keys();
            for (int k = 0; k < groups.keys(); k++) {
                int column = columns[columns.length / 2 + places[row] - k];
                float ofQuery = ofQueries == null ? 0 : ofQueries[row * buckets + column];
                float ofKey = ofKeys == null ? 0 : ofKeys[(firstKey + k) * buckets + column];
                sums[row * groups.keys() + k] = scores[row * groups.keys() + k] + ofQuery + ofKey;
            }
        }
        return sums;
    }

    // ---------------------------------------------------------------- one row a sample

    @Override
    public float[] weightedSum(float[] rows, double[] weights, int count, int features) {
        float[] sums = new float[count * features];
        int length = weights.length / count;
        for (int row = 0; row < weights.length; row++) {
            for (int f = 0; f < features && weights[row] != 0; f++) {
                sums[row / length * features + f] += (float) weights[row] * rows[row * features + f];
            }
        }
        return sums;
    }

    @Override
    public float[] largest(float[] rows, double[] weights, int count, int features) {
        float[] largest = new float[count * features];
        int length = weights.length / count;
        for (int cell = 0; cell < largest.length; cell++) {
            largest[cell] = Float.NEGATIVE_INFINITY;
        }
        for (int row = 0; row < weights.length; row++) {
            for (int f = 0; f < features && weights[row] != 0; f++) {
                int cell = row / length * features + f;
                largest[cell] = Math.max(largest[cell], rows[row * features + f]);
            }
        }
        return largest;
    }

    @Override
    public boolean[] zeroRows(float[] x, int rows, int features) {
        boolean[] zero = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            zero[row] = isZero(x, row * features, features);
        }
        return zero;
    }

    static boolean isZero(float[] cells, int start, int features) {
        double sum = 0;
        for (int f = 0; f < features; f++) {
            sum += cells[start + f];
        }
        return sum == 0;
    }

    // ---------------------------------------------------------------- sequences and graphs

    @Override
    public float[] gru(float[] products, float[] weight, float[] bias, boolean[] padding, int length, int hidden,
            boolean reverse) {
        float[] states = new float[padding.length * hidden];
        for (int start = 0; start < padding.length; start += length) {
            float[] h = new float[hidden];
            for (int step = 0; step < length; step++) {
                int row = start + (reverse ? length - 1 - step : step);
                if (padding[row]) {
                    continue;
                }
                float[] gates = linear(h, weight, bias, hidden, 3 * hidden);
                float[] next = new float[hidden];
                for (int i = 0; i < hidden; i++) {
                    int x = row * 3 * hidden + i;
                    float r = sigmoid(products[x] + gates[i]);
                    float z = sigmoid(products[x + hidden] + gates[i + hidden]);
                    float n = (float) Math.tanh(products[x + 2 * hidden] + r * gates[i + 2 * hidden]);
                    next[i] = (1 - z) * n + z * h[i];
                    states[row * hidden + i] = next[i];
                }
                h = next;
            }
        }
        return states;
    }

    @Override
    public float[] lstm(float[] products, float[] weight, float[] bias, boolean[] padding, int length, int hidden,
            boolean reverse) {
        float[] states = new float[padding.length * 2 * hidden];
        for (int start = 0; start < padding.length; start += length) {
            float[] h = new float[hidden];
            float[] c = new float[hidden];
            for (int step = 0; step < length; step++) {
                int row = start + (reverse ? length - 1 - step : step);
                if (padding[row]) {
                    continue;
                }
                float[] gates = linear(h, weight, bias, hidden, 4 * hidden);
                for (int i = 0; i < hidden; i++) {
                    int x = row * 4 * hidden + i;
                    float in = sigmoid(products[x] + gates[i]);
                    float forget = sigmoid(products[x + hidden] + gates[i + hidden]);
                    float g = (float) Math.tanh(products[x + 2 * hidden] + gates[i + 2 * hidden]);
                    float out = sigmoid(products[x + 3 * hidden] + gates[i + 3 * hidden]);
                    c[i] = forget * c[i] + in * g;
                    h[i] = out * (float) Math.tanh(c[i]);
                    states[row * 2 * hidden + i] = h[i];
                    states[row * 2 * hidden + hidden + i] = c[i];
                }
            }
        }
        return states;
    }

    private static float sigmoid(float x) {
        return (float) Activation.SIGMOID.apply(x);
    }

    @Override
    public float[] rankPool(float[] left, float[] right, int features, int rank, double least) {
        float[] roots = new float[left.length / rank];
        for (int cell = 0; cell < roots.length; cell++) {
            int first = cell / features * features * rank + cell % features;
            float sum = 0;
            for (int r = 0; r < rank; r++) {
                sum += left[first + r * features] * right[first + r * features];
            }
            float root = (float) Math.sqrt(Math.abs(sum));
            roots[cell] = sum < 0 ? -root : root;
        }
        return normalize(roots, features, least);
    }

    @Override
    public int[] largestPlaces(float[] rows, int features) {
        int[] places = new int[rows.length / features];
        for (int row = 0; row < places.length; row++) {
            for (int f = 1; f < features; f++) {
                float best = rows[row * features + places[row]];
                float cell = rows[row * features + f];
                if (cell > best || Double.isNaN(cell) && !Double.isNaN(best)) {
                    places[row] = f;
                }
            }
        }
        return places;
    }

    @Override
    public int[] counts(float[] numbers) {
        int[] counts = new int[numbers.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Double.isNaN(numbers[i]) ? -1 : (int) Math.clamp(Math.rint(numbers[i]), 1, 10);
        }
        return counts;
    }
}
