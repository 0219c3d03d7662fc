<#include "/shared/exp.ftl">
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * Elementary functions, each a loop over a row: a method from vector to vector is not always inlined, and then boxes.
 */
final class VectorMath {

<@constants/>

    /** The largest number whose power is finite. */
    private static final float HIGHEST = 88.72283f;

    private VectorMath() {}

    /** Computes {@code result = e^(row − offset)}, within 2 ulp; 0 where that is below the smallest normal number. */
    static void exp(long result, long row, int bytes, float offset) {
        long to = result & ADDRESS;
        long from = row & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, from + Integer.toUnsignedLong(at), ORDER).sub(offset);
<@exp "y" "x"/>
            y.intoMemorySegment(ALL, to + Integer.toUnsignedLong(at), ORDER);
        }
    }
}
