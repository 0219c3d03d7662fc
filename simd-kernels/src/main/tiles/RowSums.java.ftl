<#--
  Passes over a row that end in a sum.
-->
<#include "/shared/fold.ftl">
<#macro load name row at>FloatVector ${name} = FloatVector.fromMemorySegment(SPECIES, ALL, ${row} + ${at}, ORDER)</#macro>
<#macro vectors bytes>
<#list 0..3 as chain>
        FloatVector sum${chain} = FloatVector.zero(SPECIES);
</#list>
        int at = 0;
        for (; at <= ${bytes} - 4 * VECTOR_BYTES; at += 4 * VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
<#list 0..3 as chain>
<#nested chain "here + " + chain + " * VECTOR_BYTES">
</#list>
        }
<#list 0..2 as chain>
        if (at < ${bytes}) {
<#nested chain "Integer.toUnsignedLong(at)">
            at += VECTOR_BYTES;
        }
</#list>
</#macro>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * Passes over a row that end in a sum: four chains take its vectors in turn, so that no addition waits for the one before, and
 * are folded at the end. Which lane of which chain takes a cell depends on its place alone, so zeros at the end change no bit.
 */
final class RowSums {

<@shuffles/>
    private static final FloatVector LANE = FloatVector.zero(SPECIES).addIndex(1);

    private RowSums() {}

    /** Returns the sum of a row. */
    static float sum(long row, int bytes) {
        long a = row & ADDRESS;
<@vectors "bytes"; chain, at>
            <@load "x" + chain "a" at/>;
            sum${chain} = sum${chain}.add(x${chain});
</@vectors>
<@fold "sum"/>
        return sum0.lane(0);
    }

    /** Computes {@code sums = left + right} and returns the sum of {@code sums}. */
    static float added(long sums, long left, long right, int bytes) {
        long z = sums & ADDRESS;
        long a = left & ADDRESS;
        long b = right & ADDRESS;
<@vectors "bytes"; chain, at>
            <@load "x" + chain "a" at/>;
            <@load "y" + chain "b" at/>;
            x${chain} = x${chain}.add(y${chain});
            x${chain}.intoMemorySegment(ALL, z + ${at}, ORDER);
            sum${chain} = sum${chain}.add(x${chain});
</@vectors>
<@fold "sum"/>
        return sum0.lane(0);
    }

    /** Returns {@code Σ (row − mean)²} over the first cells. */
    static float squares(long row, int cells, float mean) {
        long a = row & ADDRESS;
        int whole = cells / LANES * VECTOR_BYTES;
<@vectors "whole"; chain, at>
            <@load "x" + chain "a" at/>;
            x${chain} = x${chain}.sub(mean);
            sum${chain} = x${chain}.fma(x${chain}, sum${chain});
</@vectors>
        int rest = cells % LANES;
        if (rest > 0) {
            VectorMask<Float> unused = LANE.compare(VectorOperators.GE, rest);
            <@load "x" "a" "Integer.toUnsignedLong(at)"/>;
            x = x.sub(mean).blend(0f, unused);
            sum3 = x.fma(x, sum3);
        }
<@fold "sum"/>
        return sum0.lane(0);
    }
}
