package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Adds a residual and normalizes each row to mean 0 and variance 1.
 *
 * <p>Passes over a row that stays in L1: residual, sum, centered row, its squares (the one-pass form loses digits), scale
 * and shift. Sources are zero between the features and the end of their last vector; the centered row is cleared there, so
 * that no pass needs a mask, and once more at the end, where a variance of NaN has left NaN.
 */
final class FusedNorm {

    private FusedNorm() {}

    static void run(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        MemorySegment z = result.segment();
        int bytes = RowBytes.ofVectors(features);
        for (int row = 0; row < result.count(); row++) {
            long zByte = RowBytes.of(result, row);
            long rowByte = RowBytes.of(rows, row);
            if (residual == null) {
                MemorySegment.copy(rows.segment(), rowByte, z, zByte, bytes);
            } else {
                RowArithmetic.add(z, zByte, rows.segment(), rowByte, residual.segment(), RowBytes.of(residual, row),
                        bytes);
            }
            subtract(z, zByte, bytes, RowSums.sum(z, zByte, bytes) / features);
            clear(z, zByte, features, bytes / Float.BYTES);
            float variance = RowSums.squares(z, zByte, bytes) / features;
            multiply(z, zByte, bytes, (float) (1 / Math.sqrt(variance + eps)));
            if (scale != null) {
                multiply(z, zByte, bytes, scale.segment(), scale.firstByte());
            }
            if (shift != null) {
                RowArithmetic.add(z, zByte, z, zByte, shift.segment(), shift.firstByte(), bytes);
            }
            clear(z, zByte, features, result.width());
        }
    }

    private static void subtract(MemorySegment z, long zByte, int bytes, float mean) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, z, zByte + at, ORDER).sub(mean).intoMemorySegment(z, zByte + at,
                    ORDER);
        }
    }

    private static void multiply(MemorySegment z, long zByte, int bytes, float factor) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, z, zByte + at, ORDER).mul(factor).intoMemorySegment(z, zByte + at,
                    ORDER);
        }
    }

    private static void multiply(MemorySegment z, long zByte, int bytes, MemorySegment scale, long scaleByte) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, z, zByte + at, ORDER)
                    .mul(FloatVector.fromMemorySegment(SPECIES, scale, scaleByte + at, ORDER))
                    .intoMemorySegment(z, zByte + at, ORDER);
        }
    }

    private static void clear(MemorySegment z, long zByte, int from, int to) {
        for (int cell = from; cell < to; cell++) {
            z.set(ValueLayout.JAVA_FLOAT_UNALIGNED, zByte + (long) cell * Float.BYTES, 0);
        }
    }
}
