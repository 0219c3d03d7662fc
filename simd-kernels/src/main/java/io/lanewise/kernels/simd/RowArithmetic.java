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
        int vectors = result.width() / LANES;
        for (int row = 0; row < result.count(); row++) {
            MemorySegment a = Slices.row(left, row);
            MemorySegment b = Slices.row(right, row);
            MemorySegment sum = Slices.row(result, row);
            for (int i = 0; i < vectors; i++) {
                long at = (long) i * VECTOR_BYTES;
                FloatVector.fromMemorySegment(SPECIES, a, at, ORDER)
                        .add(FloatVector.fromMemorySegment(SPECIES, b, at, ORDER)).intoMemorySegment(sum, at, ORDER);
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
        int vectors = result.width() / LANES;
        for (int row = 0; row < result.count(); row++) {
            MemorySegment from = Slices.row(rows, row);
            MemorySegment to = Slices.row(result, row);
            for (int i = 0; i < vectors; i++) {
                long at = (long) i * VECTOR_BYTES;
                FloatVector.fromMemorySegment(SPECIES, from, at, ORDER).max(0).intoMemorySegment(to, at, ORDER);
            }
        }
    }

    private static void copy(Rows result, Rows rows) {
        int vectors = result.width() / LANES;
        for (int row = 0; row < result.count(); row++) {
            MemorySegment from = Slices.row(rows, row);
            MemorySegment to = Slices.row(result, row);
            for (int i = 0; i < vectors; i++) {
                long at = (long) i * VECTOR_BYTES;
                FloatVector.fromMemorySegment(SPECIES, from, at, ORDER).intoMemorySegment(to, at, ORDER);
            }
        }
    }
}
