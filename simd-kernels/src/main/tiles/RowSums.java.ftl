<#macro fold>
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(FOLD_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(FOLD_4));
        }
        sum = sum.add(sum.rearrange(FOLD_2));
        return sum.add(sum.rearrange(FOLD_1)).lane(0);
</#macro>
<#macro load name row>FloatVector ${name} = FloatVector.fromMemorySegment(SPECIES, ${row}, ${row}Byte + at, ORDER)</#macro>
package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Passes over a row that end in a sum: lane {@code i} sums the cells {@code i, i + L, i + 2L, …}, then halves are folded onto
 * each other.
 *
 * <p>Zeros at the end change no bit. {@code reduceLanes} would be shorter, but adds in one order when compiled and in
 * another before that, so that the bits of an answer would change while the JVM warms up. The fold stands in every method,
 * because as a method of its own, with a vector as its parameter, it is not always inlined, and then boxes that vector.
 */
final class RowSums {

    private static final VectorShuffle<Float> FOLD_8 = fold(8);
    private static final VectorShuffle<Float> FOLD_4 = fold(4);
    private static final VectorShuffle<Float> FOLD_2 = fold(2);
    private static final VectorShuffle<Float> FOLD_1 = fold(1);
    private static final FloatVector LANE = FloatVector.zero(SPECIES).addIndex(1);

    private RowSums() {}

    /** Returns the sum of a row. */
    static float sum(MemorySegment row, long rowByte, int bytes) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            <@load "x" "row"/>;
            sum = sum.add(x);
        }
<@fold/>
    }

    /** Computes {@code z = a + b} and returns the sum of {@code z}. */
    static float added(MemorySegment z, long zByte, MemorySegment a, long aByte, MemorySegment b, long bByte,
            int bytes) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            <@load "x" "a"/>;
            <@load "y" "b"/>;
            x = x.add(y);
            x.intoMemorySegment(z, zByte + at, ORDER);
            sum = sum.add(x);
        }
<@fold/>
    }

    /** Computes {@code z = a − mean} in the first cells, 0 in the last vector's other ones, and returns the sum of squares. */
    static float centered(MemorySegment z, long zByte, MemorySegment a, long aByte, int cells, float mean) {
        int whole = cells / LANES * VECTOR_BYTES;
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int at = 0; at < whole; at += VECTOR_BYTES) {
            <@load "x" "a"/>;
            x = x.sub(mean);
            x.intoMemorySegment(z, zByte + at, ORDER);
            sum = x.fma(x, sum);
        }
        int rest = cells % LANES;
        if (rest > 0) {
            int at = whole;
            VectorMask<Float> unused = LANE.compare(VectorOperators.GE, rest);
            <@load "x" "a"/>;
            x = x.sub(mean).blend(0f, unused);
            x.intoMemorySegment(z, zByte + at, ORDER);
            sum = x.fma(x, sum);
        }
<@fold/>
    }

    private static VectorShuffle<Float> fold(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + distance) % LANES);
    }
}
