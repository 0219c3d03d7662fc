package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Length;
import io.lanewise.graph.Value;

/**
 * The graph that HGA learns between words and frames: {@code t = relu(relu(g·W1)·W2)}, {@code adjacency = t tᵀ}, with the nodes of the
 * question first; both weights by weight norm.
 */
final class AdjacencyLearner implements LayerKind {

    @Override
    public String name() {
        return "adjacency-learner";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("question", "video");
    }

    @Override
    public void describe(LayerScope layer) {
        int features = layer.weights().sizeExactly("edge_layer_1.weight_v", 1);
        layer.config().confirm("input", features);
        Value question = layer.input("question", Length.trimmed("question", 1), features);
        Value video = layer.input("video", Length.trimmed("video", 1), features);
        layer.output("adjacency", apply(layer, layer.join(question, video)));
    }

    static Value apply(LayerScope layer, Value nodes) {
        Value inner = edges(layer, nodes, "edge_layer_1");
        layer.config().confirm("hidden", inner.rows().features());
        Value edges = edges(layer, inner, "edge_layer_2");
        return layer.scores(edges, edges, 1);
    }

    private static Value edges(LayerScope layer, Value x, String name) {
        int out = LayerScope.allowed(name, layer.weights().sizeExactly(name + ".weight_v", 0));
        return layer.relu(layer.linear(x, layer.weights().normedMatrix(name, out, x.rows().features()), null));
    }
}
