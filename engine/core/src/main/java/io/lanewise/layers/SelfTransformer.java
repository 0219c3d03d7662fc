package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Value;

/** The self-transformer: positions, then layer after layer; the padding is taken once, after the positions. */
final class SelfTransformer implements LayerKind {

    @Override
    public String name() {
        return "self-transformer";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        Value x = layer.input("input", layer.hidden("encoder_layers.0.transformer.linear_q", 1));
        if (PositionTable.isWanted(layer)) {
            x = PositionTable.add(layer, x, "pos_embedding", "max_len");
        }
        Value padding = layer.padding(x);
        for (LayerScope encoder : layer.layers()) {
            x = SelfTransformerLayer.apply(encoder, x, padding).output();
        }
        layer.output("output", x);
    }
}
