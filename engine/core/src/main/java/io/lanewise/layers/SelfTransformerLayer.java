package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** One layer of the self-transformer: the feed-forward of masked multi-head self-attention. */
final class SelfTransformerLayer implements LayerKind {

    @Override
    public String name() {
        return "self-transformer-layer";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        Value x = layer.input("input", layer.hidden("transformer.linear_q", 1));
        Attended attended = apply(layer, x, layer.padding(x));
        layer.output("output", attended.output());
        layer.attention("attention", attended.attention());
    }

    static Attended apply(LayerScope layer, Value x, Value padding) {
        Attended attended = MaskedMultiHeadAttention.apply(layer.part("transformer"), new QueryKeyValue(x, x, x),
                padding, padding);
        Value output = MaskedPositionWiseFeedForward.apply(layer.part("feed_forward"), attended.output());
        return new Attended(output, attended.attention());
    }
}
