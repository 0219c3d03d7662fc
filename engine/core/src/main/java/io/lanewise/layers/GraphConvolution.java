package io.lanewise.layers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Length;
import io.lanewise.graph.Value;

/** Graph convolutions layer after layer: {@code x = relu(LN(adjacency (x · W)))}. */
final class GraphConvolution implements LayerKind {

    @Override
    public String name() {
        return "gcn";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input", "adjacency");
    }

    @Override
    public void describe(LayerScope layer) {
        Length nodes = Length.trimmed("input", 1);
        Value x = layer.input("input", nodes, layer.weights().size("layers.0.weight", 1));
        layer.config().confirm("input", x.rows().features());
        layer.config().confirm("layers", layers(layer));
        Value output = apply(layer, x, layer.pairs("adjacency", nodes));
        layer.config().confirm("output", output.rows().features());
        layer.output("output", output);
    }

    /** Counts the layers: one more than the setting says. */
    private static int layers(LayerScope layer) {
        int layers = layer.weights().parts("layers");
        if (layers < 1 || layers > LayerScope.MOST_LAYERS) {
            throw new LanewiseException(
                    "there must be weights layers.0.weight.weight, …, at most %d: found=%d".formatted(
                            LayerScope.MOST_LAYERS, layers));
        }
        return layers;
    }

    static Value apply(LayerScope layer, Value nodes, Value adjacency) {
        int layers = layers(layer);
        layer.config().confirm("gcn_layers", layers - 1);
        Value x = nodes;
        for (int i = 0; i < layers; i++) {
            String weight = "layers." + i + ".weight";
            Value product = layer.linear(x, weight, layer.weights().size(weight, 0));
            x = layer.relu(layer.norm(layer.context(adjacency, product)));
        }
        return x;
    }
}
