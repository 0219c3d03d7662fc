package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/**
 * Products of two rows summed over ranks, their signed root, made of length 1. Ranks follow each other without gaps, so that vectors
 * start anywhere; features that fill no vector go one by one, in the same order of sums.
 */
final class RankPool {

    /** What a row's length counts as at least. */
    private static final float LEAST_LENGTH = 1e-12f;

    private RankPool() {}

    static void run(Rows result, Rows left, Rows right, int features, int rank) {
        long results = result.address();
        long lefts = left.address();
        long rights = right.address();
        long rankBytes = (long) features * Float.BYTES;
        for (int row = 0; row < result.count(); row++) {
            long z = results + row * result.strideBytes();
            long a = lefts + row * left.strideBytes();
            long b = rights + row * right.strideBytes();
            roots(z, a, b, features / LANES * VECTOR_BYTES, rank, rankBytes);
            rootsOfRest(z, a, b, features / LANES * LANES, features, rank, rankBytes);
            float length = (float) Math.sqrt(RowSums.squares(z, features, 0));
            divide(z, features / LANES * VECTOR_BYTES, features, length < LEAST_LENGTH ? LEAST_LENGTH : length);
            Cells.set(z, features, result.width(), 0);
        }
    }

    private static void roots(long results, long lefts, long rights, int bytes, int rank, long rankBytes) {
        long z = results & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int r = 0; r < rank; r++) {
                long a = (lefts + r * rankBytes) & ADDRESS;
                long b = (rights + r * rankBytes) & ADDRESS;
                sum = FloatVector.fromMemorySegment(SPECIES, ALL, a + here, ORDER)
                        .fma(FloatVector.fromMemorySegment(SPECIES, ALL, b + here, ORDER), sum);
            }
            FloatVector root = sum.abs().sqrt();
            root.blend(root.neg(), sum.compare(VectorOperators.LT, 0f)).intoMemorySegment(ALL, z + here, ORDER);
        }
    }

    private static void rootsOfRest(long results, long lefts, long rights, int from, int to, int rank,
            long rankBytes) {
        long z = results & ADDRESS;
        for (int cell = from; cell < to; cell++) {
            long here = Integer.toUnsignedLong(cell) * Float.BYTES;
            float sum = 0;
            for (int r = 0; r < rank; r++) {
                long a = (lefts + r * rankBytes) & ADDRESS;
                long b = (rights + r * rankBytes) & ADDRESS;
                sum = Math.fma(ALL.get(JAVA_FLOAT_UNALIGNED, a + here), ALL.get(JAVA_FLOAT_UNALIGNED, b + here), sum);
            }
            float root = (float) Math.sqrt(Math.abs(sum));
            ALL.set(JAVA_FLOAT_UNALIGNED, z + here, sum < 0 ? -root : root);
        }
    }

    private static void divide(long results, int bytes, int features, float length) {
        long z = results & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, z + here, ORDER).div(length).intoMemorySegment(ALL, z + here,
                    ORDER);
        }
        for (int cell = features / LANES * LANES; cell < features; cell++) {
            long here = Integer.toUnsignedLong(cell) * Float.BYTES;
            ALL.set(JAVA_FLOAT_UNALIGNED, z + here, ALL.get(JAVA_FLOAT_UNALIGNED, z + here) / length);
        }
    }
}
