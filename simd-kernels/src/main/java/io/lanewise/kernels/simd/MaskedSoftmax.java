package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Softmax of each row over its unmasked keys: {@code exp(s - max) / Σ exp(s - max)}.
 *
 * <p>Three passes over a row that stays in L1: mask and maximum, exponentials and their sum, division. What is masked, and
 * what fills the last vector, becomes −∞ in the first pass, so that the others need no masks: {@code exp(−∞ − max)} is
 * exactly 0. Lane {@code i} sums the keys {@code i, i + L, i + 2L, …}: masked keys at the end add zeros and change no bit.
 */
final class MaskedSoftmax {

    private MaskedSoftmax() {}

    static void run(Rows scores, int keys, Rows mask, float empty) {
        if (anyUnmasked(mask, keys)) {
            softmax(scores, keys, mask);
        } else {
            fill(scores, keys, empty);
        }
    }

    private static void softmax(Rows scores, int keys, Rows mask) {
        int vectors = (keys + LANES - 1) / LANES;
        int allVectors = scores.width() / LANES;
        for (int r = 0; r < scores.count(); r++) {
            MemorySegment row = Slices.row(scores, r);
            setCells(row, keys, vectors * LANES, Float.NEGATIVE_INFINITY);

            FloatVector maxima = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
            if (mask == null) {
                for (int i = 0; i < vectors; i++) {
                    maxima = maxima.max(FloatVector.fromMemorySegment(SPECIES, row, (long) i * VECTOR_BYTES, ORDER));
                }
            } else {
                MemorySegment padding = Slices.row(mask, 0);
                for (int i = 0; i < vectors; i++) {
                    long at = (long) i * VECTOR_BYTES;
                    VectorMask<Float> masked = FloatVector.fromMemorySegment(SPECIES, padding, at, ORDER)
                            .compare(VectorOperators.NE, 0f);
                    FloatVector s = FloatVector.fromMemorySegment(SPECIES, row, at, ORDER)
                            .blend(Float.NEGATIVE_INFINITY, masked);
                    s.intoMemorySegment(row, at, ORDER);
                    maxima = maxima.max(s);
                }
            }
            float max = maxima.reduceLanes(VectorOperators.MAX);

            FloatVector sums = FloatVector.zero(SPECIES);
            for (int i = 0; i < vectors; i++) {
                long at = (long) i * VECTOR_BYTES;
                FloatVector e = VectorMath.exp(FloatVector.fromMemorySegment(SPECIES, row, at, ORDER).sub(max));
                e.intoMemorySegment(row, at, ORDER);
                sums = sums.add(e);
            }
            float sum = VectorMath.sum(sums);

            for (int i = 0; i < vectors; i++) {
                long at = (long) i * VECTOR_BYTES;
                FloatVector.fromMemorySegment(SPECIES, row, at, ORDER).div(sum).intoMemorySegment(row, at, ORDER);
            }
            setCells(row, keys, vectors * LANES, 0);
            for (int i = vectors; i < allVectors; i++) {
                FloatVector.zero(SPECIES).intoMemorySegment(row, (long) i * VECTOR_BYTES, ORDER);
            }
        }
    }

    private static boolean anyUnmasked(Rows mask, int keys) {
        for (int key = 0; key < keys; key++) {
            if (mask == null || mask.get(0, key) == 0) {
                return true;
            }
        }
        return false;
    }

    private static void fill(Rows scores, int keys, float empty) {
        for (int r = 0; r < scores.count(); r++) {
            MemorySegment row = Slices.row(scores, r);
            setCells(row, 0, keys, empty);
            setCells(row, keys, scores.width(), 0);
        }
    }

    private static void setCells(MemorySegment row, int from, int to, float value) {
        for (int cell = from; cell < to; cell++) {
            row.set(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) cell * Float.BYTES, value);
        }
    }
}
