package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

import io.lanewise.kernels.Activation;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/** Element by element sums and activations. */
final class RowArithmetic {

    private RowArithmetic() {}

    static void add(Rows result, Rows left, Rows right) {
        int bytes = result.width() * Float.BYTES;
        for (int row = 0; row < result.count(); row++) {
            MemorySegment a = left.segment();
            long aByte = RowBytes.of(left, row);
            MemorySegment b = right.segment();
            long bByte = RowBytes.of(right, row);
            MemorySegment sum = result.segment();
            long sumByte = RowBytes.of(result, row);
            for (int at = 0; at < bytes; at += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, a, aByte + at, ORDER)
                        .add(FloatVector.fromMemorySegment(SPECIES, b, bByte + at, ORDER))
                        .intoMemorySegment(sum, sumByte + at, ORDER);
            }
        }
    }

    static void activate(Rows result, Rows rows, Activation activation) {
        if (activation == Activation.RELU) {
            relu(result, rows);
        } else {
            copy(result, rows);
        }
    }

    private static void relu(Rows result, Rows rows) {
        int bytes = result.width() * Float.BYTES;
        for (int row = 0; row < result.count(); row++) {
            MemorySegment from = rows.segment();
            long fromByte = RowBytes.of(rows, row);
            MemorySegment to = result.segment();
            long toByte = RowBytes.of(result, row);
            for (int at = 0; at < bytes; at += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, from, fromByte + at, ORDER).max(0).intoMemorySegment(to,
                        toByte + at, ORDER);
            }
        }
    }

    private static void copy(Rows result, Rows rows) {
        int bytes = result.width() * Float.BYTES;
        for (int row = 0; row < result.count(); row++) {
            MemorySegment from = rows.segment();
            long fromByte = RowBytes.of(rows, row);
            MemorySegment to = result.segment();
            long toByte = RowBytes.of(result, row);
            for (int at = 0; at < bytes; at += VECTOR_BYTES) {
                FloatVector.fromMemorySegment(SPECIES, from, fromByte + at, ORDER).intoMemorySegment(to, toByte + at,
                        ORDER);
            }
        }
    }
}
