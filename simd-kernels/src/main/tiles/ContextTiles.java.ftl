<#--
  The innermost loops: tiles, which keep a block of results in registers. C2 gives a register to a local variable and not to an
  element of an array, so that a tile is as many lines as it has results; this template writes them for every height and width.
-->
<#macro value v>FloatVector.fromMemorySegment(SPECIES, ALL, place<#if (v > 0)> + ${v} * VECTOR_BYTES</#if>, ORDER)</#macro>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/** Tiles of {@link RowContext}: {@code result[r][c] = Σ weight[r][i] · value[i][c]} for a few rows and vectors. */
final class ContextTiles {

    private static final int STRIDE_LOG2 = 4;
    private static final int STRIDE = 1 << STRIDE_LOG2;

    /** The stride takes as many times the bytes of a float. */
    private static final int FLOATS_LOG2 = Integer.numberOfTrailingZeros(STRIDE / Float.BYTES);

    private ContextTiles() {}

    static void run(int rows, int vectors, long result, long resultRow, long weight, long weightRow, long value, long valueRow,
            int count) {
        int end = Math.multiplyExact(count, STRIDE);
        switch (8 * rows + vectors) {
<#list 1..6 as R><#list 1..4 as V>
            case 8 * ${R} + ${V} -> tile${R}x${V}(result, resultRow, weight, weightRow, value, valueRow, end);
</#list></#list>
            default -> throw new IllegalArgumentException("no such tile: rows=" + rows + ", vectors=" + vectors);
        }
    }
<#list 1..6 as R><#list 1..4 as V>

    /** ${R} rows, ${V} vectors. */
    static void tile${R}x${V}(long result, long resultRow, long weight, long weightRow, long value, long valueRow, int end) {
        if (end == 0) {
            return; // a call that counts and costs nothing: see KernelTrial
        }
        long weight0 = weight & ADDRESS;
<#list 1..<R as r>
        long weight${r} = (weight${r - 1} + weightRow) & ADDRESS;
</#list>
        FloatVector zero = FloatVector.zero(SPECIES);
<#list 0..<R as r><#list 0..<V as v>
        FloatVector s${r}_${v} = zero;
</#list></#list>
        // C2 does not unroll a loop of so large a stride; unrolled, small tiles are spilled.
        for (int i = 0; i < end; i += STRIDE) {
            long place = (value + (i >> STRIDE_LOG2) * valueRow) & ADDRESS;
            long weightByte = Integer.toUnsignedLong(i) >> FLOATS_LOG2;
<#list 0..<V as v>
            FloatVector y${v} = <@value v/>;
</#list>
<#list 0..<R as r>
            FloatVector x${r} = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT_UNALIGNED, weight${r} + weightByte));
<#list 0..<V as v>
            s${r}_${v} = x${r}.fma(y${v}, s${r}_${v});
</#list></#list>
        }
<#list 0..<R as r>
        long result${r} = (result + ${r} * resultRow) & ADDRESS;
<#list 0..<V as v>
        s${r}_${v}.add(0f).intoMemorySegment(ALL, result${r}<#if (v > 0)> + ${v} * VECTOR_BYTES</#if>, ORDER);
</#list></#list>
    }
</#list></#list>
}
