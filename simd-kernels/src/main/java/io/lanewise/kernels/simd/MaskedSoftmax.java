package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Softmax of each row over its unmasked keys: {@code exp(s - max) / Σ exp(s - max)}.
 *
 * <p>What is masked, and what fills the last vector, becomes −∞ first, so that the passes over a row (maximum, exponentials,
 * sum, scaling) need no masks: {@code exp(−∞ − max)} is exactly 0. Masked keys at the end add zeros to the sum and change no bit of it.
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
        int bytes = RowBytes.ofVectors(keys);
        setCells(scores, keys, bytes / Float.BYTES, Float.NEGATIVE_INFINITY);
        MemorySegment cells = scores.segment();
        for (int r = 0; r < scores.count(); r++) {
            long rowByte = RowBytes.of(scores, r);
            if (mask != null) {
                hide(cells, rowByte, mask.segment(), mask.firstByte(), bytes);
            }
            float max = maximum(cells, rowByte, bytes);
            VectorMath.exp(cells, rowByte, cells, rowByte, bytes, max);
            multiply(cells, rowByte, bytes, 1 / RowSums.sum(cells, rowByte, bytes));
        }
        setCells(scores, keys, scores.width(), 0);
    }

    private static void hide(MemorySegment cells, long rowByte, MemorySegment mask, long maskByte, int bytes) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            VectorMask<Float> masked = FloatVector.fromMemorySegment(SPECIES, mask, maskByte + at, ORDER)
                    .compare(VectorOperators.NE, 0f);
            FloatVector.fromMemorySegment(SPECIES, cells, rowByte + at, ORDER).blend(Float.NEGATIVE_INFINITY, masked)
                    .intoMemorySegment(cells, rowByte + at, ORDER);
        }
    }

    private static float maximum(MemorySegment cells, long rowByte, int bytes) {
        FloatVector maxima = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, cells, rowByte + at, ORDER);
            maxima = maxima.blend(x, x.compare(VectorOperators.GT, maxima)); // max would look at signs of zero
        }
        return maxima.reduceLanes(VectorOperators.MAX);
    }

    private static void multiply(MemorySegment cells, long rowByte, int bytes, float factor) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector.fromMemorySegment(SPECIES, cells, rowByte + at, ORDER).mul(factor).intoMemorySegment(cells,
                    rowByte + at, ORDER);
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
        setCells(scores, 0, keys, empty);
        setCells(scores, keys, scores.width(), 0);
    }

    private static void setCells(Rows scores, int from, int to, float value) {
        MemorySegment cells = scores.segment();
        for (int r = 0; r < scores.count(); r++) {
            long rowByte = RowBytes.of(scores, r);
            for (int cell = from; cell < to; cell++) {
                cells.set(ValueLayout.JAVA_FLOAT_UNALIGNED, rowByte + (long) cell * Float.BYTES, value);
            }
        }
    }
}
