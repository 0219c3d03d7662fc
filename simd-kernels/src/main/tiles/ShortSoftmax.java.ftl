<#--
  Rows of one vector, from load to store in registers. More vectors are more calls than C1 takes in one method (see PackedMatMul).
-->
<#include "/shared/exp.ftl">
<#include "/shared/fold.ftl">
<#-- Turns the bits of floats into integers that are ordered like them, and back: one instruction then takes a maximum, not five. -->
<#macro ordered bits>${bits}.lanewise(VectorOperators.XOR, ${bits}.lanewise(VectorOperators.ASHR, 31).and(0x7fffffff))</#macro>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * {@link MaskedSoftmax} of rows of one vector. One loop over rows and nothing else: the next row starts while the sum of this one
 * is still being folded. Every bit is that of the passes that longer rows take.
 */
final class ShortSoftmax {

<@constants/>

    /** The smallest float, as an integer that is ordered like floats: −∞ less that is −∞, less itself it would be NaN. */
    private static final int LOWEST_MAXIMUM = Float.floatToRawIntBits(-Float.MAX_VALUE) ^ 0x7fffffff;

    /** What stands in the low bits is then an exponent as floats store it. */
    private static final float BIASED_ROUNDER = ROUNDER + 127;

<@shuffles/>
    private static final FloatVector LANE = FloatVector.zero(SPECIES).addIndex(1);

    private ShortSoftmax() {}

    /** Computes rows that are so many bytes apart, in place; {@code mask} is the address of one, {@code empty} 0 or NaN. */
    static void run(long rows, long rowStep, int count, int keys, long mask, float empty) {
        VectorMask<Float> beyond = LANE.compare(VectorOperators.GE, keys);
        VectorMask<Float> hidden = FloatVector.fromMemorySegment(SPECIES, ALL, mask & ADDRESS, ORDER)
                .compare(VectorOperators.NE, 0f).or(beyond);
        for (int r = 0; r < count; r++) {
            long row = (rows + r * rowStep) & ADDRESS;
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, row, ORDER).blend(Float.NEGATIVE_INFINITY, hidden);
            IntVector order = <@ordered "x.reinterpretAsInts()"/>;
            if (LANES >= 16) {
                order = order.max(order.reinterpretAsFloats().rearrange(FOLD_8).reinterpretAsInts());
            }
            if (LANES >= 8) {
                order = order.max(order.reinterpretAsFloats().rearrange(FOLD_4).reinterpretAsInts());
            }
            order = order.max(order.reinterpretAsFloats().rearrange(FOLD_2).reinterpretAsInts());
            order = order.max(order.reinterpretAsFloats().rearrange(FOLD_1).reinterpretAsInts());
            order = order.max(LOWEST_MAXIMUM);
            x = x.sub(<@ordered "order"/>.reinterpretAsFloats());
<@expBelow0 "y" "x"/>
            FloatVector sum = y;
<@foldLanes "sum"/>
            float total = sum.lane(0);
            y.mul(total == 0 ? empty : 1 / total).blend(0f, beyond).intoMemorySegment(ALL, row, ORDER);
        }
    }
}
