package io.lanewise.layers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;

/** The feed-forward of the masked transformers: {@code LN(x + relu(x·w1)·w2)}. */
final class MaskedPositionWiseFeedForward implements LayerKind {

    @Override
    public String name() {
        return "masked-position-wise-feed-forward";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        layer.output("output", apply(layer, layer.input("input", layer.hidden("w1", 1))));
    }

    static Value apply(LayerScope layer, Value x) {
        Value inner = layer.relu(layer.linear(x, "w1", innerFeatures(layer)));
        return layer.norm(layer.sum(x, layer.linear(inner, "w2", x.rows().features())));
    }

    /** Returns F, which the weights tell and the metadata may confirm. */
    static int innerFeatures(LayerScope layer) {
        int inner = layer.weights().size("w1", 0);
        int said = layer.config().count("ffn").orElse(inner);
        if (said != inner) {
            throw new LanewiseException("ffn must match the weight w1: ffn=" + said + ", rows of w1=" + inner);
        }
        return inner;
    }
}
