/** Attention layers on the CPU: layers, planner, executors, weights and the public API. */
module io.lanewise.engine {
    requires transitive io.lanewise.kernels;
    requires transitive org.agrona;
    requires com.google.gson;
    requires jdk.management;

    exports io.lanewise;
    exports io.lanewise.encoders;
    exports io.lanewise.graph;
    exports io.lanewise.json;
    exports io.lanewise.layers;
    exports io.lanewise.reference;
    exports io.lanewise.weights;
}
