package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** Scaled dot-product attention without weights: {@code output = A value}; queries are never padding. */
final class ScaledDotProductAttention implements LayerKind {

    @Override
    public String name() {
        return "scaled-dot-product-attention";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query", "key", "value");
    }

    @Override
    public void describe(LayerScope layer) {
        QueryKeyValue x = QueryKeyValue.of(layer, layer.hidden());
        attend(layer, x, KeyMask.of(layer, x.key(), KeyMask.PADDING), null);
    }

    static void attend(LayerScope layer, QueryKeyValue x, Value keyPadding, Value queryPadding) {
        Value attention = layer.attend(x.query(), x.key(), layer.config().number("scale"), keyPadding, queryPadding);
        layer.output("output", layer.context(attention, x.value()));
        layer.attention("attention", attention);
    }
}
