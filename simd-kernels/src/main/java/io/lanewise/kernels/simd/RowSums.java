package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Sums of one row: lane {@code i} sums the cells {@code i, i + L, i + 2L, …}, then halves are folded onto each other.
 *
 * <p>Zeros at the end change no bit. {@code reduceLanes} would be shorter, but adds in one order when compiled and in
 * another before that, so that the bits of an answer would change while the JVM warms up. The fold stands in both methods,
 * because as a method of its own, with a vector as its parameter, it is not always inlined, and then boxes that vector.
 */
final class RowSums {

    private static final VectorShuffle<Float> FOLD_8 = fold(8);
    private static final VectorShuffle<Float> FOLD_4 = fold(4);
    private static final VectorShuffle<Float> FOLD_2 = fold(2);
    private static final VectorShuffle<Float> FOLD_1 = fold(1);

    private RowSums() {}

    static float sum(MemorySegment row, long rowByte, int bytes) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            sum = sum.add(FloatVector.fromMemorySegment(SPECIES, row, rowByte + at, ORDER));
        }
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(FOLD_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(FOLD_4));
        }
        sum = sum.add(sum.rearrange(FOLD_2));
        return sum.add(sum.rearrange(FOLD_1)).lane(0);
    }

    static float squares(MemorySegment row, long rowByte, int bytes) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, row, rowByte + at, ORDER);
            sum = x.fma(x, sum);
        }
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(FOLD_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(FOLD_4));
        }
        sum = sum.add(sum.rearrange(FOLD_2));
        return sum.add(sum.rearrange(FOLD_1)).lane(0);
    }

    private static VectorShuffle<Float> fold(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + distance) % LANES);
    }
}
