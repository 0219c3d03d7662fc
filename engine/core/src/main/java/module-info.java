/** Attention layers on the CPU: layers, planner, executors, weights and the public API. */
@SuppressWarnings("module") // lanewise-text is compiled after this
module io.lanewise.engine {
    requires transitive io.lanewise.kernels;
    requires transitive org.agrona;
    requires com.fasterxml.jackson.core;
    requires jdk.management;

    exports io.lanewise;
    exports io.lanewise.graph;
    exports io.lanewise.json to io.lanewise.text;
    exports io.lanewise.layers;
    exports io.lanewise.reference;
    exports io.lanewise.weights;
}
