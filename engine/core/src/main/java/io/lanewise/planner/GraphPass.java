package io.lanewise.planner;

import io.lanewise.graph.Graph;

/** A rewriting of a graph that does not change what it computes: a pure function with a name. */
interface GraphPass {

    /** Returns the name by which the pass can be switched off. */
    String name();

    /** Returns the graph rewritten, or the same graph where there was nothing to do. */
    Graph apply(Graph graph);

    /**
     * Says whether the pass multiplies constants: its accuracy must then be measured, and what it did depends on the order of
     * the lengths.
     */
    default boolean folds() {
        return false;
    }
}
