package io.lanewise.reference;

import io.lanewise.kernels.Activation;

/**
 * The arithmetic of the reference in one precision. Every method returns a new array and writes to no other, unless it
 * has nothing to do and returns its argument.
 *
 * @param <A> {@code float[]} or {@code double[]}, row-major
 */
interface NaiveMath<A> {

    /** Returns values of a model or of a caller in this precision. */
    A of(float[] values);

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

    /** Tells for each of so many rows whether {@link RowSum its features sum to 0}. */
    boolean[] zeroRows(A x, int rows, int features);
}
