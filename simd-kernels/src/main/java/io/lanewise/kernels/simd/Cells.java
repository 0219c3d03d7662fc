package io.lanewise.kernels.simd;

import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/** Single cells of a row: the few at its end that are no whole vector. */
final class Cells {

    private Cells() {}

    /** Sets the cells of a row from one to before another. */
    static void set(long address, int from, int to, float value) {
        long row = address & ADDRESS;
        for (int cell = from; cell < to; cell++) {
            ALL.set(JAVA_FLOAT_UNALIGNED, row + Integer.toUnsignedLong(cell) * Float.BYTES, value);
        }
    }
}
