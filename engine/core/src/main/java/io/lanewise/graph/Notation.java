package io.lanewise.graph;

import io.lanewise.kernels.Activation;

/**
 * What a layer is written with: a word for each op, which adds it to a graph and returns what it computes. Weights and epsilons
 * are given as they are; where they come from is for the writer to know.
 */
public interface Notation {

    /**
     * Adds what an op computes.
     *
     * @throws IllegalArgumentException if its operands do not fit each other
     */
    Value add(Op op);

    /** A constant of the model. */
    default Value weight(Constant constant) {
        return add(new Op.Weight(constant));
    }

    /** {@code x · Wᵀ + bias}, the weight {@code [out, in]}; null for no bias. */
    default Value linear(Value x, Value weight, Value bias) {
        return add(new Op.Linear(x, weight, bias));
    }

    /** {@code x + y}. */
    default Value sum(Value x, Value y) {
        return add(new Op.Add(x, y));
    }

    /** {@code [x ; y]}, feature after feature. */
    default Value concat(Value x, Value y) {
        return add(new Op.Concat(x, y));
    }

    /** {@code max(x, 0)}. */
    default Value relu(Value x) {
        return add(new Op.Activate(x, Activation.RELU));
    }

    /** Layer norm; null for no scale, null for no shift. */
    default Value norm(Value x, Value scale, Value shift, double epsilon) {
        return add(new Op.LayerNorm(x, scale, shift, epsilon));
    }

    /** {@code x · y}, element by element. */
    default Value product(Value x, Value y) {
        return add(new Op.Multiply(x, y));
    }

    /** A function of each element; the same value where it is none. */
    default Value activate(Value x, Activation activation) {
        return activation == Activation.NONE ? x : add(new Op.Activate(x, activation));
    }

    /** RMS norm; of each head where {@code x} is split. */
    default Value rmsNorm(Value x, Value scale, double epsilon) {
        return add(new Op.RmsNorm(x, scale, epsilon));
    }

    /** Turns pairs of each head's features by the angle of their place. */
    default Value rotate(Value x, Value table) {
        return add(new Op.Rotate(x, table, RowPlace.EACH));
    }

    /** One of each sample's rows. */
    default Value select(Value x, RowPlace row) {
        return add(new Op.Select(x, row));
    }

    /** One row made of all of a sample's. */
    default Value pool(Value x, Pooling pooling) {
        return add(new Op.Pool(x, pooling));
    }

    /** {@code x / ‖x‖}. */
    default Value normalize(Value x) {
        return add(new Op.Normalize(x));
    }

    /** Reads features as heads. */
    default Value split(Value x, int heads, HeadSplit split) {
        return add(new Op.SplitHeads(x, heads, split));
    }

    /** Reads heads as features again. */
    default Value merge(Value x) {
        return add(new Op.MergeHeads(x));
    }

    /** {@code q kᵀ · scale}. */
    default Value scores(Value q, Value k, double scale) {
        return add(new Op.Scores(q, k, scale));
    }

    /** {@code softmax(scores)} over the keys that are no padding. */
    default Value softmax(Value scores, Value keyPadding) {
        return add(new Op.MaskedSoftmax(scores, keyPadding, null, MaskOrder.SAMPLE));
    }

    /** {@code softmax(q kᵀ · scale)} with padding: the attention of the masked core; null for no padding. */
    default Value attend(Value q, Value k, double scale, Value keyPadding, Value queryPadding, MaskOrder order) {
        return add(new Op.MaskedSoftmax(add(new Op.Scores(q, k, scale)), keyPadding, queryPadding, order));
    }

    /** The attention of the masked core, masks by sample. */
    default Value attend(Value q, Value k, double scale, Value keyPadding, Value queryPadding) {
        return attend(q, k, scale, keyPadding, queryPadding, MaskOrder.SAMPLE);
    }

    /** {@code A v}. */
    default Value context(Value attention, Value v) {
        return add(new Op.Context(attention, v));
    }

    /** One bit a row: padding. */
    default Value padding(Value x) {
        return add(new Op.Padding(x));
    }

    /** One bit a pair: whether its key is padding. */
    default Value keyPadding(Value padding, Length queries) {
        return add(new Op.KeyPadding(padding, queries));
    }

    /** One bit a pair: whether its query is padding. */
    default Value queryPadding(Value padding, Length keys) {
        return add(new Op.QueryPadding(padding, keys));
    }

    /** The row of a position table for each row: from 1, and 0 for padding. */
    default Value positions(Value padding) {
        return add(new Op.Positions(padding));
    }

    /** The table's rows at the given indices. */
    default Value gather(Value table, Value indices) {
        return add(new Op.Gather(table, indices));
    }

    /** The rows of {@code x}, then those of {@code y}. */
    default Value join(Value x, Value y) {
        return add(new Op.Join(x, y));
    }

    /** The states of a recurrence of which the products with its inputs are there already. */
    default Value recurrence(Value products, Value weight, Value bias, Cell cell, boolean reverse) {
        return add(new Op.Recurrence(products, weight, bias, cell, reverse));
    }

    /** {@code size^-½}. */
    static double inverseRoot(int size) {
        return 1 / Math.sqrt(size);
    }
}
