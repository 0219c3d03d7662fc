<#--
  A square of vectors, transposed in registers: log₂(lanes) rounds, in each of which pairs of rows trade halves, quarters, …
-->
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * Writes as many rows as a vector has lanes, times a factor, into as many columns.
 *
 * <pre>
 *   rows a and b, distance 1:   a0 a1 a2 a3      a0 b0 a2 b2      one exchange: what a gives to b and b to a
 *                               b0 b1 b2 b3      a1 b1 a3 b3      passes through the same shuffle
 * </pre>
 */
final class Transposes {

<#list [1, 2, 4, 8] as D>
    private static final VectorShuffle<Float> SWAP_${D} = VectorShuffle.fromOp(SPECIES, lane -> lane ^ ${D} % LANES);
    private static final VectorMask<Float> ODD_${D} = odd(${D});
</#list>

    private Transposes() {}

    /** Computes {@code result[c][r] = rows[r][c]}, square by square. */
    static void run(Rows result, Rows rows) {
        for (int row = 0; row < rows.count(); row += LANES) {
            run(result.address() + (long) row * Float.BYTES, result.strideBytes(), rows.address() + row * rows.strideBytes(),
                    rows.strideBytes(), rows.count() - row, SimdShape.vectorBytes(result.count()), 1);
        }
    }

    /** Computes {@code columns[i][r] = factor · rows[r][i]}; of the rows there are so many, and those past the last repeat it. */
    static void run(long columns, long columnRow, long rows, long rowStep, int count, int bytes, float factor) {
        switch (LANES) {
            case 16 -> square16(columns, columnRow, rows, rowStep, count, bytes, factor);
            case 8 -> square8(columns, columnRow, rows, rowStep, count, bytes, factor);
            default -> square4(columns, columnRow, rows, rowStep, count, bytes, factor);
        }
    }
<#list [4, 8, 16] as L>

    private static void square${L}(long columns, long columnRow, long rows, long rowStep, int count, int bytes, float factor) {
        int last = count - 1;
<#list 0..<L as r>
        long row${r} = (rows + Math.min(${r}, last) * rowStep) & ADDRESS;
</#list>
        long column = columns;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
<#list 0..<L as r>
            FloatVector v${r} = FloatVector.fromMemorySegment(SPECIES, ALL, row${r} + Integer.toUnsignedLong(at), ORDER).mul(factor);
</#list>
<#list [8, 4, 2, 1] as D><#if (D < L)><#list 0..<L as r><#if (r / D)?floor % 2 == 0>
            FloatVector trade${D}_${r} = v${r + D}.blend(v${r}, ODD_${D}).rearrange(SWAP_${D});
            v${r} = v${r}.blend(trade${D}_${r}, ODD_${D});
            v${r + D} = trade${D}_${r}.blend(v${r + D}, ODD_${D});
</#if></#list></#if></#list>
<#list 0..<L as r>
            v${r}.intoMemorySegment(ALL, (column + ${r} * columnRow) & ADDRESS, ORDER);
</#list>
            column += ${L} * columnRow;
        }
    }
</#list>

    private static VectorMask<Float> odd(int distance) {
        boolean[] bits = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            bits[lane] = (lane & distance) != 0;
        }
        return VectorMask.fromArray(SPECIES, bits, 0);
    }
}
