package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** Single-stream attention layer after layer: the query is replaced, the key stays; paddings are taken once. */
final class SingleAttentionStack implements LayerKind {

    @Override
    public String name() {
        return "single-attention-stack";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query", "key");
    }

    @Override
    public List<String> optionalInputs() {
        return List.of("value");
    }

    @Override
    public void describe(LayerScope layer) {
        QueryKeyValue x = QueryKeyValue.of(layer, layer.hidden("encoder_layers.0.linear_q", 1));
        Value queryPadding = layer.padding(x.query());
        Value keyPadding = layer.padding(x.key());
        for (LayerScope encoder : layer.layers()) {
            x = x.withQuery(SingleAttention.apply(encoder, x, queryPadding, keyPadding).output());
        }
        layer.output("output", x.query());
    }
}
