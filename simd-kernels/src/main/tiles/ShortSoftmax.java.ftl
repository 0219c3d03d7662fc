<#--
  Rows of one vector, from load to store in registers; written for any number, of which C1 takes few (see PackedMatMul).
-->
<#include "/shared/exp.ftl">
<#include "/shared/fold.ftl">
<#assign MOST = 1>
<#-- Turns the bits of floats into integers that are ordered like them, and back: one instruction then takes a maximum, not five. -->
<#macro ordered bits>${bits}.lanewise(VectorOperators.XOR, ${bits}.lanewise(VectorOperators.ASHR, 31).and(0x7fffffff))</#macro>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

import static io.lanewise.kernels.simd.Memory.ADDRESS;
import static io.lanewise.kernels.simd.Memory.ALL;
import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * {@link MaskedSoftmax} of rows of ${MOST} vector. One loop over rows and nothing else: the next row starts while the sum of
 * this one is still being folded. Every bit is that of the passes that longer rows take.
 */
final class ShortSoftmax {

    /** The most vectors of a row. */
    static final int MOST = ${MOST};

<@constants/>

    /** What stands in the low bits is then an exponent as floats store it. */
    private static final float BIASED_ROUNDER = ROUNDER + 127;

<@shuffles/>
    private static final FloatVector LANE = FloatVector.zero(SPECIES).addIndex(1);

    private ShortSoftmax() {}

    /** Computes rows of so many vectors, in place; {@code mask} is the address of as many. */
    static void run(int vectors, long rows, long rowStep, int count, int keys, long mask) {
        switch (vectors) {
<#list 1..MOST as V>
            case ${V} -> rows${V}(rows, rowStep, count, keys, mask);
</#list>
            default -> throw new IllegalArgumentException("no such row: vectors=" + vectors);
        }
    }
<#list 1..MOST as V>

    private static void rows${V}(long rows, long rowStep, int count, int keys, long mask) {
        long masks = mask & ADDRESS;
        VectorMask<Float> beyond = LANE.compare(VectorOperators.GE, keys - ${V - 1} * LANES);
<#list 0..<V as v>
        VectorMask<Float> hidden${v} = FloatVector.fromMemorySegment(SPECIES, ALL, masks + ${v} * VECTOR_BYTES, ORDER)
                .compare(VectorOperators.NE, 0f)<#if v == V - 1>.or(beyond)</#if>;
</#list>
        for (int r = 0; r < count; r++) {
            long row = (rows + r * rowStep) & ADDRESS;
<#list 0..<V as v>
            FloatVector x${v} = FloatVector.fromMemorySegment(SPECIES, ALL, row + ${v} * VECTOR_BYTES, ORDER)
                    .blend(Float.NEGATIVE_INFINITY, hidden${v});
</#list>
            FloatVector maxima = x0;
<#list 1..<V as v>
            maxima = maxima.blend(x${v}, x${v}.compare(VectorOperators.GT, maxima));
</#list>
            IntVector order = <@ordered "maxima.reinterpretAsInts()"/>;
            if (LANES >= 16) {
                order = order.max(order.reinterpretAsFloats().rearrange(FOLD_8).reinterpretAsInts());
            }
            if (LANES >= 8) {
                order = order.max(order.reinterpretAsFloats().rearrange(FOLD_4).reinterpretAsInts());
            }
            order = order.max(order.reinterpretAsFloats().rearrange(FOLD_2).reinterpretAsInts());
            order = order.max(order.reinterpretAsFloats().rearrange(FOLD_1).reinterpretAsInts());
            FloatVector max = <@ordered "order"/>.reinterpretAsFloats();
<#list 0..3 as chain>
            FloatVector sum${chain} = FloatVector.zero(SPECIES);
</#list>
<#list 0..<V as v>
            x${v} = x${v}.sub(max);
<@expBelow0 "y" + v "x" + v/>
            sum${v % 4} = sum${v % 4}.add(y${v});
</#list>
<@fold "sum"/>
            float factor = 1 / sum0.lane(0);
<#list 0..<V as v>
            y${v}.mul(factor)<#if v == V - 1>.blend(0f, beyond)</#if>.intoMemorySegment(ALL, row + ${v} * VECTOR_BYTES, ORDER);
</#list>
        }
    }
</#list>
}
