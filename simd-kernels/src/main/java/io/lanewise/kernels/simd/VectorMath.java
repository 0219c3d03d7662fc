package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Elementary functions, each a loop over a row: a method from vector to vector is not always inlined, and then boxes.
 */
final class VectorMath {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /** Adding 1.5·2²³ rounds to an integer, which then stands in the low bits. */
    private static final float ROUNDER = 12582912f;
    private static final int EXPONENT_SHIFT = 23;

    /** The smallest number whose power is normal, and the largest whose power is finite. */
    private static final float LOWEST = -87.33654f;
    private static final float HIGHEST = 88.72283f;

    private VectorMath() {}

    /**
     * Computes {@code result = e^(row − offset)} with an error of at most 2 ulp of the power; 0 where that is below the
     * smallest normal number. NaN stays NaN.
     *
     * <pre>
     *   x = n·ln 2 + r,  |r| ≤ ln 2 / 2      ln 2 in two parts, so that r is exact (Cody and Waite)
     *   eʳ = 1 + r + r²·P(r)                  P of degree 5 (Cephes expf)
     *   eˣ = eʳ·2ⁿ                            n added to the exponent bits
     * </pre>
     */
    static void exp(MemorySegment result, long resultByte, MemorySegment row, long rowByte, int bytes, float offset) {
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, row, rowByte + at, ORDER).sub(offset);
            FloatVector shifted = x.fma(FloatVector.broadcast(SPECIES, LOG2_E),
                    FloatVector.broadcast(SPECIES, ROUNDER));
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
            FloatVector power = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            power = power.blend(0f, x.compare(VectorOperators.LT, LOWEST));
            power = power.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, HIGHEST));
            power = power.blend(x, x.compare(VectorOperators.NE, x));
            power.intoMemorySegment(result, resultByte + at, ORDER);
        }
    }
}
