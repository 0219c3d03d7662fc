package io.lanewise.kernels.simd;

import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/**
 * Softmax of each row over its unmasked keys: {@code exp(s - max) / Σ exp(s - max)}.
 *
 * <p>What is masked, and what fills the last vector, becomes −∞ first, so that nothing after it needs a mask: {@code exp(−∞ − max)}
 * is exactly 0. Masked keys at the end add zeros to the sum and change no bit of it. No maximum is below the smallest float, so that a
 * row of −∞ has powers of 0 as well, and of 0 the sum, which is then replaced. Rows of one vector stay in registers from
 * load to store ({@link ShortSoftmax}); longer ones take passes (maximum, exponentials, sum, scaling) through L1.
 *
 * <p>Nanoseconds a cell on Zen 4, 512 bits, 80 rows: 15 keys 1.0 (2.3 in passes), 80 keys 0.62, 512 keys 0.45. In registers rows of
 * 80 keys took 0.51; but with rows of up to six vectors there the kernel went on allocating in one JVM of six, with up to three in
 * one of some twenty-five. Most likely C1 could not take so many vector calls, as {@link PackedMatMul} tells.
 */
final class MaskedSoftmax {

    /** A mask under which every key counts. */
    private static final long NOTHING_MASKED = Arena.global()
            .allocate(VECTOR_BYTES, Block.ALIGNMENT).address();

    /** Rows that one call takes: C2 compiles what is called often, and a call for all rows keeps it waiting three times as long. */
    private static final int ROWS_A_CALL = 8;

    private MaskedSoftmax() {}

    static void run(Rows scores, int keys, Rows mask, float empty) {
        long rows = scores.address();
        int count = scores.count();
        if (anyUnmasked(mask, keys)) {
            int bytes = SimdShape.vectorBytes(keys);
            if (bytes == VECTOR_BYTES) {
                long masks = mask == null ? NOTHING_MASKED : mask.address();
                int r = 0;
                do {
                    ShortSoftmax.run(rows + r * scores.strideBytes(), scores.strideBytes(),
                            Math.min(ROWS_A_CALL, count - r), keys, masks, empty);
                    r += ROWS_A_CALL;
                } while (r < count);
                setCells(rows, scores.strideBytes(), count, bytes / Float.BYTES, scores.width(), 0);
            } else {
                setCells(rows, scores.strideBytes(), count, keys, bytes / Float.BYTES, Float.NEGATIVE_INFINITY);
                passes(rows, scores.strideBytes(), count, bytes, mask, null, empty);
                setCells(rows, scores.strideBytes(), count, keys, scores.width(), 0);
            }
        } else {
            setCells(rows, scores.strideBytes(), count, 0, keys, empty);
            setCells(rows, scores.strideBytes(), count, keys, scores.width(), 0);
        }
    }

    static void runPartial(Rows scores, int keys, Rows mask, Rows sums) {
        long rows = scores.address();
        int count = scores.count();
        int bytes = SimdShape.vectorBytes(keys);
        if (anyUnmasked(mask, keys)) {
            setCells(rows, scores.strideBytes(), count, keys, bytes / Float.BYTES, Float.NEGATIVE_INFINITY);
            passes(rows, scores.strideBytes(), count, bytes, mask, sums, 0);
            setCells(rows, scores.strideBytes(), count, keys, scores.width(), 0);
        } else {
            setCells(rows, scores.strideBytes(), count, 0, scores.width(), 0);
            setCells(sums.address(), sums.strideBytes(), count, 0, 1, Float.NEGATIVE_INFINITY);
            setCells(sums.address(), sums.strideBytes(), count, 1, 2, 0);
        }
    }

    private static void passes(long rows, long rowStep, int count, int bytes, Rows mask, Rows sums,
            float empty) {
        for (int r = 0; r < count; r++) {
            long row = rows + r * rowStep;
            if (mask != null) {
                hide(row, mask.address(), bytes);
            }
            float maximum = maximum(row, bytes);
            VectorMath.exp(row, row, bytes, maximum);
            float sum = RowSums.sum(row, bytes);
            RowArithmetic.multiply(row, bytes, sum == 0 ? empty : 1 / sum);
            if (sums != null) {
                long pair = (sums.address() + r * sums.strideBytes()) & ADDRESS;
                ALL.set(JAVA_FLOAT_UNALIGNED, pair, sum == 0 ? Float.NEGATIVE_INFINITY : maximum);
                ALL.set(JAVA_FLOAT_UNALIGNED, pair + Float.BYTES, sum);
            }
        }
    }

    private static void hide(long row, long mask, int bytes) {
        long cells = row & ADDRESS;
        long masks = mask & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            VectorMask<Float> masked = FloatVector.fromMemorySegment(SPECIES, ALL, masks + here, ORDER)
                    .compare(VectorOperators.NE, 0f);
            FloatVector.fromMemorySegment(SPECIES, ALL, cells + here, ORDER).blend(Float.NEGATIVE_INFINITY, masked)
                    .intoMemorySegment(ALL, cells + here, ORDER);
        }
    }

    /** Returns the largest score that is finite; of a row of −∞ one that leaves a power of 0 to each. */
    private static float maximum(long row, int bytes) {
        long cells = row & ADDRESS;
        FloatVector maxima = FloatVector.broadcast(SPECIES, -Float.MAX_VALUE);
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, cells + Integer.toUnsignedLong(at), ORDER);
            maxima = maxima.blend(x, x.compare(VectorOperators.GT, maxima)); // max would look at signs of zero
        }
        return maxima.reduceLanes(VectorOperators.MAX);
    }

    /** Says whether a key counts, or there is none: then nothing is to be filled. */
    private static boolean anyUnmasked(Rows mask, int keys) {
        if (keys == 0) {
            return true;
        }
        for (int key = 0; key < keys; key++) {
            if (mask == null || mask.get(0, key) == 0) {
                return true;
            }
        }
        return false;
    }

    private static void setCells(long rows, long rowStep, int count, int from, int to, float value) {
        for (int r = 0; r < count; r++) {
            long row = (rows + r * rowStep) & ADDRESS;
            for (int cell = from; cell < to; cell++) {
                ALL.set(JAVA_FLOAT_UNALIGNED, row + Integer.toUnsignedLong(cell) * Float.BYTES, value);
            }
        }
    }
}
