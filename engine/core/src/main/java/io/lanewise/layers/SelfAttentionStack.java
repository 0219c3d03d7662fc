package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** Self-attention layer after layer; the padding is taken once, from the stack's input. */
final class SelfAttentionStack implements LayerKind {

    @Override
    public String name() {
        return "self-attention-stack";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        Value x = layer.input("input", layer.hidden("encoder_layers.0.linear_q", 1));
        Value padding = layer.padding(x);
        for (LayerScope encoder : layer.layers()) {
            x = SelfAttention.apply(encoder, x, padding).output();
        }
        layer.output("output", x);
    }
}
