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
        MemorySegment from = Slices.row(rows, row);
        MemorySegment z = Slices.row(result, row);
        int vectors = (features + LANES - 1) / LANES;
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < vectors; i++) {
            long at = (long) i * VECTOR_BYTES;
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, from, at, ORDER);
            v.intoMemorySegment(z, at, ORDER);
            sums = sums.add(v);
        }
        return VectorMath.sum(sums);
    }

    private static float add(Rows result, Rows rows, Rows residual, int row, int features) {
        MemorySegment a = Slices.row(rows, row);
        MemorySegment b = Slices.row(residual, row);
        MemorySegment z = Slices.row(result, row);
        int vectors = (features + LANES - 1) / LANES;
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < vectors; i++) {
            long at = (long) i * VECTOR_BYTES;
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, a, at, ORDER)
                    .add(FloatVector.fromMemorySegment(SPECIES, b, at, ORDER));
            v.intoMemorySegment(z, at, ORDER);
            sums = sums.add(v);
        }
        return VectorMath.sum(sums);
    }

    private static void normalize(Rows result, int row, int features, float mean, float eps) {
        MemorySegment z = Slices.row(result, row);
        int wholeVectors = features / LANES;
        int vectors = (features + LANES - 1) / LANES;
        FloatVector squares = FloatVector.zero(SPECIES);
        for (int i = 0; i < wholeVectors; i++) {
            FloatVector centered = FloatVector.fromMemorySegment(SPECIES, z, (long) i * VECTOR_BYTES, ORDER).sub(mean);
            squares = centered.fma(centered, squares);
        }
        if (wholeVectors < vectors) {
            VectorMask<Float> isFeature = SPECIES.indexInRange(0, features - wholeVectors * LANES);
            FloatVector centered = FloatVector.zero(SPECIES).blend(FloatVector
                    .fromMemorySegment(SPECIES, z, (long) wholeVectors * VECTOR_BYTES, ORDER).sub(mean), isFeature);
            squares = centered.fma(centered, squares);
        }
        float variance = VectorMath.sum(squares) / features;
        float inverse = (float) (1 / Math.sqrt(variance + eps));
        for (int i = 0; i < vectors; i++) {
            long at = (long) i * VECTOR_BYTES;
            FloatVector.fromMemorySegment(SPECIES, z, at, ORDER).sub(mean).mul(inverse).intoMemorySegment(z, at, ORDER);
        }
    }

    private static void scale(Rows result, int row, Rows scale) {
        MemorySegment y = Slices.row(result, row);
        MemorySegment factors = Slices.row(scale, 0);
        int vectors = result.width() / LANES;
        for (int i = 0; i < vectors; i++) {
            long at = (long) i * VECTOR_BYTES;
            FloatVector.fromMemorySegment(SPECIES, y, at, ORDER)
                    .mul(FloatVector.fromMemorySegment(SPECIES, factors, at, ORDER)).intoMemorySegment(y, at, ORDER);
        }
    }

    private static void shift(Rows result, int row, Rows shift) {
        MemorySegment y = Slices.row(result, row);
        MemorySegment terms = Slices.row(shift, 0);
        int vectors = result.width() / LANES;
        for (int i = 0; i < vectors; i++) {
            long at = (long) i * VECTOR_BYTES;
            FloatVector.fromMemorySegment(SPECIES, y, at, ORDER)
                    .add(FloatVector.fromMemorySegment(SPECIES, terms, at, ORDER)).intoMemorySegment(y, at, ORDER);
        }
    }

    private static void clearBeyond(Rows result, int row, int features) {
        MemorySegment y = Slices.row(result, row);
        for (int cell = features; cell < result.width(); cell++) {
            y.set(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) cell * Float.BYTES, 0);
        }
    }
}
