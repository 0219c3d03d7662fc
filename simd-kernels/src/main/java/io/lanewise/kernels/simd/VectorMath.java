package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/** Elementary functions of vectors, small enough to be inlined into the loops that use them. */
final class VectorMath {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /** Adding 1.5·2²³ rounds to an integer, which then stands in the low bits. */
    private static final float ROUNDER = 12582912f;
    private static final int EXPONENT_SHIFT = 23;

    /** ln of the smallest normal and of the largest finite float. */
    private static final float LOWEST = -87.33654f;
    private static final float HIGHEST = 88.72283f;

    private static final VectorShuffle<Float> FOLD_8 = fold(8);
    private static final VectorShuffle<Float> FOLD_4 = fold(4);
    private static final VectorShuffle<Float> FOLD_2 = fold(2);
    private static final VectorShuffle<Float> FOLD_1 = fold(1);

    private VectorMath() {}

    static void exp(Rows result, Rows rows) {
        for (int row = 0; row < result.count(); row++) {
            MemorySegment from = rows.segment();
            long fromByte = RowBytes.of(rows, row);
            MemorySegment to = result.segment();
            long toByte = RowBytes.of(result, row);
            int bytes = result.width() * Float.BYTES;
            for (int at = 0; at < bytes; at += VECTOR_BYTES) {
                FloatVector x = FloatVector.fromMemorySegment(SPECIES, from, fromByte + at, ORDER);
                exp(x).intoMemorySegment(to, toByte + at, ORDER);
            }
        }
    }

    /**
     * Returns {@code eˣ} with an error of at most 2 ulp; 0 where that is below the smallest normal number.
     *
     * <pre>
     *   x = n·ln 2 + r,  |r| ≤ ln 2 / 2      ln 2 in two parts, so that r is exact (Cody and Waite)
     *   eʳ = 1 + r + r²·P(r)                  P of degree 5 (Cephes expf)
     *   eˣ = eʳ·2ⁿ                            n added to the exponent bits
     * </pre>
     */
    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(SPECIES, 1.9875691500e-4f);
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1.3981999507e-3f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 8.3334519073e-3f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 4.1665795894e-2f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1.6666665459e-1f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 5.0000001201e-1f));
        p = p.fma(r.mul(r), r).add(1f);
        IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
        FloatVector exp = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
        exp = exp.blend(0f, x.compare(VectorOperators.LT, LOWEST));
        exp = exp.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, HIGHEST));
        return exp.blend(x, x.compare(VectorOperators.NE, x));
    }

    /**
     * Returns the sum of a vector's lanes, halves folded onto each other.
     *
     * <p>{@code reduceLanes} adds in one order when compiled and in another before that, so that the bits of an answer
     * would change while the JVM warms up.
     */
    static float sum(FloatVector v) {
        FloatVector sum = v;
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(FOLD_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(FOLD_4));
        }
        sum = sum.add(sum.rearrange(FOLD_2));
        return sum.add(sum.rearrange(FOLD_1)).lane(0);
    }

    private static VectorShuffle<Float> fold(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + distance) % LANES);
    }
}
