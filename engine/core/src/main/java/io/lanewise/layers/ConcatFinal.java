package io.lanewise.layers;

import io.lanewise.graph.Value;

/**
 * The final part of the concat layers: {@code LN(relu([c ; x]·W0)·W2)}, without residual. Where the checkpoint has one plain
 * weight {@code [D, 2D]} instead of the pair, it is {@code LN([c ; x]·W)}.
 */
final class ConcatFinal {

    private ConcatFinal() {}

    static Value of(LayerScope layer, Value context, String name, Value x) {
        int hidden = x.rows().features();
        Value joined = layer.concat(context, x);
        if (layer.weights().has(name)) {
            return layer.norm(layer.linear(joined, name, hidden));
        }
        Value inner = layer.relu(layer.linear(joined, name + ".0", hidden));
        return layer.norm(layer.linear(inner, name + ".2", hidden));
    }
}
