package io.lanewise.layers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;

/**
 * The feed-forward of the published transformers, two kernel-1 convolutions: {@code LN(x + (relu(x·w1 + b1)·w2 + b2))}, the
 * norm with scale and shift. Both weights are stored {@code [F, D, 1]}, so it is only defined for {@code F = D}.
 */
final class PositionWiseFeedForward implements LayerKind {

    @Override
    public String name() {
        return "position-wise-feed-forward";
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
        int hidden = x.rows().features();
        int inner = MaskedPositionWiseFeedForward.innerFeatures(layer);
        if (inner != hidden) {
            throw new LanewiseException(
                    "position-wise-feed-forward needs ffn equal to hidden: ffn=" + inner + ", hidden=" + hidden);
        }
        Value first = layer.relu(convolve(layer, x, "w1", hidden));
        Value second = convolve(layer, first, "w2", hidden);
        return layer.affineNorm(layer.sum(x, second), "layer_norm");
    }

    private static Value convolve(LayerScope layer, Value x, String name, int features) {
        LayerWeights weights = layer.weights();
        return layer.linear(x, weights.convolution(name, features, features), weights.vector(name + ".bias", features));
    }
}
