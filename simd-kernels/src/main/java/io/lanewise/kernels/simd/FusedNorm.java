package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Adds a residual and normalizes each row to mean 0 and variance 1.
 *
 * <p>Passes over a row that stays in L1: sum, squares around the mean (the one-pass form loses digits), the normalized
 * row, scale, shift. The cells between the features and the end of their last vector are zero on the way in, but not once
 * centered: the second pass blends them out, and they are cleared at the end.
 */
final class FusedNorm {

    private FusedNorm() {}

    static void run(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        for (int row = 0; row < result.count(); row++) {
            float sum = residual == null
                    ? copy(result, rows, row, features)
                    : add(result, rows, residual, row, features);
            normalize(result, row, features, sum / features, eps);
            if (scale != null) {
                scale(result, row, scale);
            }
            if (shift != null) {
                shift(result, row, shift);
            }
            clearBeyond(result, row, features);
        }
    }

    private static float copy(Rows result, Rows rows, int row, int features) {
        MemorySegment from = rows.segment();
        long fromByte = RowBytes.of(rows, row);
        MemorySegment z = result.segment();
        long zByte = RowBytes.of(result, row);
        int bytes = RowBytes.ofVectors(features);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, from, fromByte + at, ORDER);
            v.intoMemorySegment(z, zByte + at, ORDER);
            sums = sums.add(v);
        }
        return VectorMath.sum(sums);
    }

    private static float add(Rows result, Rows rows, Rows residual, int row, int features) {
        MemorySegment a = rows.segment();
        long aByte = RowBytes.of(rows, row);
        MemorySegment b = residual.segment();
        long bByte = RowBytes.of(residual, row);
        MemorySegment z = result.segment();
        long zByte = RowBytes.of(result, row);
        int bytes = RowBytes.ofVectors(features);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, a, aByte + at, ORDER)
                    .add(FloatVector.fromMemorySegment(SPECIES, b, bByte + at, ORDER));
            v.intoMemorySegment(z, zByte + at, ORDER);
            sums = sums.add(v);
        }
        return VectorMath.sum(sums);
    }

    private static void normalize(Rows result, int row, int features, float mean, float eps) {
        MemorySegment z = result.segment();
        long zByte = RowBytes.of(result, row);
        int wholeBytes = features / LANES * VECTOR_BYTES;
        int bytes = RowBytes.ofVectors(features);
        FloatVector squares = FloatVector.zero(SPECIES);
        for (int at = 0; at < wholeBytes; at += VECTOR_BYTES) {
            FloatVector centered = FloatVector.fromMemorySegment(SPECIES, z, zByte + at, ORDER).sub(mean);
            squares = centered.fma(centered, squares);
        }
        if (wholeBytes < bytes) {
            VectorMask<Float> isFeature = SPECIES.indexInRange(0, features % LANES);
            FloatVector centered = FloatVector.zero(SPECIES).blend(FloatVector
                    .fromMemorySegment(SPECIES, z, zByte + wholeBytes, ORDER).sub(mean), isFeature);
            squares = centered.fma(centered, squares);
        }
        float variance = VectorMath.sum(squares) / features;
        float inverse = (float) (1 / Math.sqrt(variance + eps));
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, z, zByte + at, ORDER).sub(mean).mul(inverse).intoMemorySegment(z,
                    zByte + at, ORDER);
        }
    }

    private static void scale(Rows result, int row, Rows scale) {
        MemorySegment y = result.segment();
        long yByte = RowBytes.of(result, row);
        MemorySegment factors = scale.segment();
        long factorsByte = RowBytes.of(scale, 0);
        int bytes = result.width() * Float.BYTES;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, y, yByte + at, ORDER)
                    .mul(FloatVector.fromMemorySegment(SPECIES, factors, factorsByte + at, ORDER))
                    .intoMemorySegment(y, yByte + at, ORDER);
        }
    }

    private static void shift(Rows result, int row, Rows shift) {
        MemorySegment y = result.segment();
        long yByte = RowBytes.of(result, row);
        MemorySegment terms = shift.segment();
        long termsByte = RowBytes.of(shift, 0);
        int bytes = result.width() * Float.BYTES;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, y, yByte + at, ORDER)
                    .add(FloatVector.fromMemorySegment(SPECIES, terms, termsByte + at, ORDER))
                    .intoMemorySegment(y, yByte + at, ORDER);
        }
    }

    private static void clearBeyond(Rows result, int row, int features) {
        MemorySegment y = result.segment();
        long yByte = RowBytes.of(result, row);
        for (int cell = features; cell < result.width(); cell++) {
            y.set(ValueLayout.JAVA_FLOAT_UNALIGNED, yByte + (long) cell * Float.BYTES, 0);
        }
    }
}
