package io.lanewise.reference;

import io.lanewise.kernels.Activation;

/**
 * The arithmetic of the reference in one precision. Every method returns a new array and writes to no other, unless it
 * has nothing to do and returns its argument.
 *
 * <p>{@link FloatMath} takes the time that benchmarks call naive. {@link DoubleMath}, the truth to measure an error against, is its
 * text with {@code double} for {@code float}, written by the build: see {@code src/main/tiles}.
 *
 * @param <A> {@code float[]} or {@code double[]}, row-major
 */
interface NaiveMath<A> {

    /** Computes {@code x · weightᵀ + bias}; weight {@code [out, in]}, bias {@code [out]} or null. */
    A linear(A x, A weight, A bias, int in, int out);

    /** Computes {@code scale · queries keysᵀ} of each group's {@code [queries, dim]} and {@code [keys, dim]}. */
    A scores(A queries, A keys, Groups groups, int dim, double scale);

    /**
     * Computes the softmax of each row of scores, where a masked key scores −∞.
     *
     * @param scores {@code [count, queries, keys]}
     * @param maskedKeys {@code [count, keys]}
     * @param maskedQueries {@code [count, queries]}: their rows are 0
     * @param empty what other rows without an unmasked key are filled with
     */
    A maskedSoftmax(A scores, Groups groups, boolean[] maskedKeys, boolean[] maskedQueries, double empty);

    /** Computes {@code attention · values} for each group, leaving out masked keys that have no weight. */
    A context(A attention, A values, Groups groups, int dim, boolean[] maskedKeys, boolean[] maskedQueries);

    /** Turns {@code [outer, rows, columns, dim]} into {@code [outer, columns, rows, dim]}. */
    A transpose(A x, int outer, int rows, int columns, int dim);

    /** Returns the table's rows at the given indices. */
    A gather(A table, int[] indices, int features);

    /** Puts the rows of two tensors side by side. */
    A concat(A left, A right, int leftFeatures, int rightFeatures);

    /** Computes {@code left + right}. */
    A add(A left, A right);

    /** Computes {@code left · right}, element by element. */
    A multiply(A left, A right);

    /** Returns some of the features of each row. */
    A slice(A x, int features, int first, int count);

    /** Applies a function to each element. */
    A activate(A x, Activation activation);

    /** Computes {@code (x − mean) / √(variance + eps) · scale + shift} row by row; null scale is 1, null shift 0. */
    A layerNorm(A x, A scale, A shift, int features, double eps);

    /** Computes {@code x / √(mean(x²) + eps) · scale} row by row; null scale is 1. */
    A rmsNorm(A x, A scale, int features, double eps);

    /** Computes {@code x / max(‖x‖, least)} row by row. */
    A normalize(A x, int features, double least);

    /**
     * Turns the pairs {@code i} and {@code i + dim/2} of each row by an angle.
     *
     * @param table {@code [places, dim]}: cosines, then sines
     * @param places the table's row for each row
     */
    A rotate(A x, A table, int[] places, int dim);

    // ---------------------------------------------------------------- what is added to scores

    /**
     * Adds a number for each distance of a key from its query.
     *
     * @param diagonals {@code [groups a period, columns]}; groups take its rows in turn
     * @param places {@code [count, queries]}: each query's place among the keys
     */
    A biased(A scores, Groups groups, A diagonals, int columns, int[] places);

    /** Replaces scores by −∞ where a key lies more than so many rows before or after its query. */
    A windowed(A scores, Groups groups, int before, int after, int[] places);

    /**
     * Adds, for the column {@code columns[center + query − key]}, what the query and what the key has there.
     *
     * @param ofQueries {@code [count, queries, buckets]}, or null
     * @param ofKeys {@code [count, keys, buckets]}, or null
     */
    A disentangled(A scores, Groups groups, A ofQueries, A ofKeys, int[] columns, int buckets, int[] places);

    // ---------------------------------------------------------------- one row a sample

    /** Computes {@code Σ weight · row} over each group's rows: weights {@code [count, rows]}, rows {@code [count, rows, features]}. */
    A weightedSum(A rows, double[] weights, int count, int features);

    /** Returns the largest of each feature over those of a group's rows whose weight is not 0. */
    A largest(A rows, double[] weights, int count, int features);

    /**
     * Tells for each of so many rows whether its features sum to 0, which is the published rule of padding. The sum is taken in
     * double and in index order whatever the precision, so that whoever asks about the same values gets the same answer. A NaN sum
     * is not padding.
     */
    boolean[] zeroRows(A x, int rows, int features);

    // ---------------------------------------------------------------- sequences and graphs

    /**
     * Computes the states of gated recurrent units, {@code [count, length, hidden]}, 0 where there is padding.
     *
     * @param products {@code [count, length, 3 · hidden]}
     * @param padding {@code [count, length]}: what a sequence goes past without a look
     */
    A gru(A products, A weight, A bias, boolean[] padding, int length, int hidden, boolean reverse);

    /** Computes the states of long short-term memories, {@code [count, length, h and c]}; otherwise as {@link #gru}. */
    A lstm(A products, A weight, A bias, boolean[] padding, int length, int hidden, boolean reverse);

    /**
     * Computes {@code z[j] = Σ_r left[r·features + j] · right[r·features + j]} row by row, its signed root, and makes that of length
     * 1, or shorter where it is shorter than {@code least}.
     */
    A rankPool(A left, A right, int features, int rank, double least);

    /** Returns the place of each row's largest cell, the first of equals, or of its first NaN. */
    int[] largestPlaces(A rows, int features);

    /** Returns each number rounded half to even, from 1 to 10; −1 for NaN. */
    int[] counts(A numbers);
}
