package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/** Divides each row by the root of its mean square: the sum of squares, then the scaled row, which stays in L1. */
final class RmsNorm {

    private RmsNorm() {}

    static void run(Rows result, Rows rows, int features, float eps, Rows scale) {
        int bytes = SimdShape.vectorBytes(features);
        for (int r = 0; r < result.count(); r++) {
            long z = result.address() + r * result.strideBytes();
            long x = rows.address() + r * rows.strideBytes();
            float factor = (float) (1 / Math.sqrt(RowSums.squares(x, features, 0) / features + eps));
            if (scale == null) {
                normalize(z, x, bytes, factor);
            } else {
                normalize(z, x, bytes, factor, scale.address());
            }
            Cells.set(z, features, result.width(), 0);
        }
    }

    private static void normalize(long result, long row, int bytes, float factor) {
        long z = result & ADDRESS;
        long x = row & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, x + here, ORDER).mul(factor).intoMemorySegment(ALL, z + here,
                    ORDER);
        }
    }

    private static void normalize(long result, long row, int bytes, float factor, long scales) {
        long z = result & ADDRESS;
        long x = row & ADDRESS;
        long scale = scales & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, x + here, ORDER).mul(factor)
                    .mul(FloatVector.fromMemorySegment(SPECIES, ALL, scale + here, ORDER))
                    .intoMemorySegment(ALL, z + here, ORDER);
        }
    }
}
