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

    /** Applies a function to each element. */
    A activate(A x, Activation activation);

    /** Computes {@code (x − mean) / √(variance + eps) · scale + shift} row by row; null scale is 1, null shift 0. */
    A layerNorm(A x, A scale, A shift, int features, double eps);

    /**
     * Tells for each of so many rows whether its features sum to 0, which is the published rule of padding. The sum is taken in
     * double and in index order whatever the precision, so that whoever asks about the same values gets the same answer. A NaN sum
     * is not padding.
     */
    boolean[] zeroRows(A x, int rows, int features);
}
