package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

import io.lanewise.kernels.Activation;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/** Element by element sums and activations. */
final class RowArithmetic {

    private RowArithmetic() {}

    static void add(Rows result, Rows left, Rows right) {
        int bytes = result.width() * Float.BYTES;
        for (int row = 0; row < result.count(); row++) {
            add(result.segment(), RowBytes.of(result, row), left.segment(), RowBytes.of(left, row), right.segment(),
                    RowBytes.of(right, row), bytes);
        }
    }

    static void activate(Rows result, Rows rows, Activation activation) {
        int bytes = result.width() * Float.BYTES;
        for (int row = 0; row < result.count(); row++) {
            long toByte = RowBytes.of(result, row);
            if (activation == Activation.RELU) {
                relu(result.segment(), toByte, rows.segment(), RowBytes.of(rows, row), bytes);
            } else {
                MemorySegment.copy(rows.segment(), RowBytes.of(rows, row), result.segment(), toByte, bytes);
            }
        }
    }

    static void add(MemorySegment sum, long sumByte, MemorySegment a, long aByte, MemorySegment b, long bByte,
            int bytes) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, a, aByte + at, ORDER)
                    .add(FloatVector.fromMemorySegment(SPECIES, b, bByte + at, ORDER))
                    .intoMemorySegment(sum, sumByte + at, ORDER);
        }
    }

    private static void relu(MemorySegment to, long toByte, MemorySegment from, long fromByte, int bytes) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, from, fromByte + at, ORDER).max(0).intoMemorySegment(to, toByte + at,
                    ORDER);
        }
    }
}
