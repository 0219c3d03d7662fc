package io.lanewise.graph;

import java.util.List;
import java.util.Set;

/** What can be written down as a graph: a layer, or an encoder, with its weights. Immutable as far as anybody can see; thread-safe. */
public interface Network extends AutoCloseable {

    /** Returns its kind, for people. */
    String name();

    /** Returns the inputs that must be given, in order. */
    List<String> requiredInputs();

    /** Returns the inputs that may be given, in order; one that is given needs those before it. */
    List<String> optionalInputs();

    /**
     * Writes it down.
     *
     * @param given the names of the inputs that will be there
     */
    Graph graph(Set<String> given);

    /** Returns the names of the weights that it does not need, in their order. */
    default List<String> unusedWeights() {
        return List.of();
    }

    /** Gives back what its constants are read from; graphs must not be used after this. */
    @Override
    void close();
}
