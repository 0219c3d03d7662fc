package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Length;
import io.lanewise.graph.Pooling;
import io.lanewise.graph.Value;

/**
 * The published attention pool: its softmax is over an axis of length 1, so that every weight is 1, whatever the parameters, which need
 * not be there. The sum of a sample's rows.
 */
final class AttentionPool implements LayerKind {

    @Override
    public String name() {
        return "attention-pool";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        layer.weights().tolerate(name -> name.matches("[02]\\.(weight|bias)"));
        Value x = layer.input("input", Length.trimmed("input", 1), layer.hidden("0", 1));
        layer.output("output", apply(layer, x));
    }

    static Value apply(LayerScope layer, Value x) {
        return layer.pool(x, Pooling.SUM);
    }
}
