package io.lanewise.kernels.simd;

import io.lanewise.kernels.Activation;

import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/** Activations of a row. */
final class Activations {

    private Activations() {}

    static void run(Activation activation, long result, long row, int bytes) {
        long to = result & ADDRESS;
        long from = row & ADDRESS;
        for (int at = 0; at < bytes; at += Float.BYTES) {
            long here = Integer.toUnsignedLong(at);
            ALL.set(JAVA_FLOAT_UNALIGNED, to + here,
                    (float) activation.apply(ALL.get(JAVA_FLOAT_UNALIGNED, from + here)));
        }
    }

    static void gate(Activation activation, long result, long row, long ups, int bytes) {
        long to = result & ADDRESS;
        long from = row & ADDRESS;
        long up = ups & ADDRESS;
        for (int at = 0; at < bytes; at += Float.BYTES) {
            long here = Integer.toUnsignedLong(at);
            float value = (float) activation.apply(ALL.get(JAVA_FLOAT_UNALIGNED, from + here));
            ALL.set(JAVA_FLOAT_UNALIGNED, to + here, value * ALL.get(JAVA_FLOAT_UNALIGNED, up + here));
        }
    }
}
