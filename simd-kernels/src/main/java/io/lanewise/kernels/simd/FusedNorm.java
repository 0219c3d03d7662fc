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
 * <p>Three passes over a row that stays in L1: residual and sum; the centered row and its squares, of which the one-pass form
 * loses digits; the factor, with scale and shift. Rows are zero between the features and the end of their last vector, and are
 * cleared there at the end, where scale and shift or a variance of NaN have left something.
 */
final class FusedNorm {

    private FusedNorm() {}

    static void run(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        MemorySegment z = result.segment();
        int bytes = RowBytes.ofVectors(features);
        for (int row = 0; row < result.count(); row++) {
            long zByte = RowBytes.of(result, row);
            long rowByte = RowBytes.of(rows, row);
            float variance;
            if (residual == null) {
                float mean = RowSums.sum(rows.segment(), rowByte, bytes) / features;
                variance = RowSums.centered(z, zByte, rows.segment(), rowByte, features, mean) / features;
            } else {
                float mean = RowSums.added(z, zByte, rows.segment(), rowByte, residual.segment(),
                        RowBytes.of(residual, row), bytes) / features;
                variance = RowSums.centered(z, zByte, z, zByte, features, mean) / features;
            }
            finish(z, zByte, bytes, (float) (1 / Math.sqrt(variance + eps)), scale, shift);
            clear(z, zByte, features, result.width());
        }
    }

    private static void finish(MemorySegment z, long zByte, int bytes, float factor, Rows scale, Rows shift) {
        if (scale != null && shift != null) {
            multiply(z, zByte, bytes, factor, scale.segment(), scale.firstByte(), shift.segment(), shift.firstByte());
            return;
        }
        multiply(z, zByte, bytes, factor);
        if (scale != null) {
            multiply(z, zByte, bytes, scale.segment(), scale.firstByte());
        }
        if (shift != null) {
            RowArithmetic.add(z, zByte, z, zByte, shift.segment(), shift.firstByte(), bytes);
        }
    }

    private static void multiply(MemorySegment z, long zByte, int bytes, float factor, MemorySegment scale,
            long scaleByte, MemorySegment shift, long shiftByte) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, z, zByte + at, ORDER).mul(factor)
                    .fma(FloatVector.fromMemorySegment(SPECIES, scale, scaleByte + at, ORDER),
                            FloatVector.fromMemorySegment(SPECIES, shift, shiftByte + at, ORDER))
                    .intoMemorySegment(z, zByte + at, ORDER);
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
