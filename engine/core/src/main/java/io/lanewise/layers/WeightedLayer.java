package io.lanewise.layers;

import java.util.List;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Network;
import io.lanewise.weights.Checkpoint;

/**
 * A layer with its weights, of which those that it reads are in memory once its graph was written; no other needs its file.
 *
 * @param kind what it computes
 * @param checkpoint its weights, each read once
 * @param config its settings
 */
public record WeightedLayer(LayerKind kind, Checkpoint checkpoint, LayerConfig config) implements Network {

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public List<String> requiredInputs() {
        return kind.requiredInputs(config);
    }

    @Override
    public List<String> optionalInputs() {
        return kind.optionalInputs();
    }

    @Override
    public Graph graph(Set<String> given) {
        return LayerScope.graphOf(kind, checkpoint, config, given);
    }

    @Override
    public List<String> unusedWeights() {
        return LayerScope.unusedWeights(kind, checkpoint, config);
    }

    @Override
    public void close() {
        // nothing but memory of the heap
    }
}
