package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** The published multi-head attention: {@code output = LN(context·Wf + query)}, the norm with scale and shift. */
final class MultiHeadAttention implements LayerKind {

    @Override
    public String name() {
        return "multi-head-attention";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query");
    }

    @Override
    public List<String> optionalInputs() {
        return List.of("key", "value");
    }

    @Override
    public void describe(LayerScope layer) {
        QueryKeyValue x = QueryKeyValue.of(layer, layer.hidden("linear_q", 1));
        Attended attended = apply(layer, x, KeyMask.of(layer, x.key(), KeyMask.NONE));
        layer.output("output", attended.output());
        layer.attention("attention", attended.attention());
    }

    static Attended apply(LayerScope layer, QueryKeyValue x, Value keyPadding) {
        int hidden = x.query().rows().features();
        Attended core = ReshapedAttention.of(layer, x, layer.heads(hidden), keyPadding);
        Value projected = layer.linear(core.output(), "linear_final", hidden);
        return new Attended(layer.affineNorm(layer.sum(projected, x.query()), "layer_norm"), core.attention());
    }
}
