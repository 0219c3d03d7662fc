package io.lanewise.layers;

import io.lanewise.LanewiseException;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Notation;
import io.lanewise.graph.Value;

/**
 * The core of the published multi-head attention: {@code [B, L, D]} reshaped to {@code [B·H, L, d]} without a transpose,
 * scale {@code (d // H)^-½} with integer division, no query padding, and for group {@code g} the key mask of sample
 * {@code g mod B}. The weights were trained with all of it.
 */
final class ReshapedAttention {

    private ReshapedAttention() {}

    /** Returns the context, heads merged, and the attention. */
    static Attended of(LayerScope layer, QueryKeyValue x, int heads, Value keyPadding) {
        int hidden = x.query().rows().features();
        Value q = layer.split(layer.linear(x.query(), "linear_q", hidden), heads, HeadSplit.RESHAPED);
        Value k = layer.split(layer.linear(x.key(), "linear_k", hidden), heads, HeadSplit.RESHAPED);
        Value v = layer.split(layer.linear(x.value(), "linear_v", hidden), heads, HeadSplit.RESHAPED);
        Value attention = layer.attend(q, k, scale(hidden, heads), keyPadding, null, MaskOrder.GROUP_MODULO_BATCH);
        return new Attended(layer.merge(layer.context(attention, v)), attention);
    }

    private static double scale(int hidden, int heads) {
        int headDim = hidden / heads;
        if (headDim < heads) {
            throw new LanewiseException(
                    "a head must have at least as many features as there are heads: heads=%d, hidden=%d, features a head=%d"
                            .formatted(heads, hidden, headDim));
        }
        return Notation.inverseRoot(headDim / heads);
    }
}
