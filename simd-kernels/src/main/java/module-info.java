/** SIMD kernels, their scalar twins and the memory they work on. */
@SuppressWarnings("module") // the engine is compiled after this
module io.lanewise.kernels {
    requires transitive org.agrona;
    requires jdk.incubator.vector;

    exports io.lanewise.memory;
    exports io.lanewise.memory.unchecked to io.lanewise.engine;
    exports io.lanewise.kernels;
    exports io.lanewise.kernels.choice;
}
