/** SIMD kernels, their scalar twins and the memory they work on. */
module io.lanewise.kernels {
    requires transitive org.agrona;
    requires jdk.incubator.vector;

    exports io.lanewise.memory;
    exports io.lanewise.kernels;
    exports io.lanewise.kernels.choice;
}
