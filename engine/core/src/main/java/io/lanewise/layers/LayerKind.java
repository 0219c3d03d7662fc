package io.lanewise.layers;

import java.util.List;

/** A kind of layer: its name, the inputs it takes, and its mathematics as a graph. Stateless. */
public interface LayerKind {

    /** Returns the name that a checkpoint's metadata gives the kind. */
    String name();

    /** Returns the inputs that must be given, in order. */
    List<String> requiredInputs();

    /** Returns the inputs that must be given with these settings, in order. */
    default List<String> requiredInputs(LayerConfig config) {
        return requiredInputs();
    }

    /** Returns the inputs that may be given, in order; one that is given needs those before it. */
    default List<String> optionalInputs() {
        return List.of();
    }

    /** Writes the layer down: inputs, ops, outputs. */
    void describe(LayerScope layer);
}
