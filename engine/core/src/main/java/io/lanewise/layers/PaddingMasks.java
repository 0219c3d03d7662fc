package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** The two padding masks on their own: which pairs have a padding key, and which a padding query. */
final class PaddingMasks implements LayerKind {

    @Override
    public String name() {
        return "padding-masks";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query", "key");
    }

    @Override
    public void describe(LayerScope layer) {
        Value query = layer.input("query", layer.hidden());
        Value key = layer.input("key", layer.hidden());
        layer.output("padding_mask_k", layer.keyPadding(layer.padding(key), query.rows().length()));
        layer.output("padding_mask_q", layer.queryPadding(layer.padding(query), key.rows().length()));
    }
}
