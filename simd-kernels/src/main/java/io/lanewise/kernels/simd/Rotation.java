package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/** Turns pairs of features, one of each half, by the angles of their row; pairs that fill no vector one by one. */
final class Rotation {

    private Rotation() {}

    static void run(Rows result, Rows rows, int half, Rows table) {
        long z = result.address();
        long x = rows.address();
        long angles = table.address();
        for (int r = 0; r < result.count(); r++) {
            row(z + r * result.strideBytes(), x + r * rows.strideBytes(), angles + r * table.strideBytes(), half);
        }
    }

    private static void row(long result, long row, long table, int half) {
        long halfBytes = (long) half * Float.BYTES;
        long z0 = result & ADDRESS;
        long z1 = (result + halfBytes) & ADDRESS;
        long x0 = row & ADDRESS;
        long x1 = (row + halfBytes) & ADDRESS;
        long cosines = table & ADDRESS;
        long sines = (table + halfBytes) & ADDRESS;
        int bytes = half / LANES * VECTOR_BYTES;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, x0 + here, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, ALL, x1 + here, ORDER);
            FloatVector cos = FloatVector.fromMemorySegment(SPECIES, ALL, cosines + here, ORDER);
            FloatVector sin = FloatVector.fromMemorySegment(SPECIES, ALL, sines + here, ORDER);
            x.mul(cos).sub(y.mul(sin)).intoMemorySegment(ALL, z0 + here, ORDER);
            y.mul(cos).add(x.mul(sin)).intoMemorySegment(ALL, z1 + here, ORDER);
        }
        for (int at = bytes; at < half * Float.BYTES; at += Float.BYTES) {
            long here = Integer.toUnsignedLong(at);
            float x = ALL.get(JAVA_FLOAT_UNALIGNED, x0 + here);
            float y = ALL.get(JAVA_FLOAT_UNALIGNED, x1 + here);
            float cos = ALL.get(JAVA_FLOAT_UNALIGNED, cosines + here);
            float sin = ALL.get(JAVA_FLOAT_UNALIGNED, sines + here);
            ALL.set(JAVA_FLOAT_UNALIGNED, z0 + here, x * cos - y * sin);
            ALL.set(JAVA_FLOAT_UNALIGNED, z1 + here, y * cos + x * sin);
        }
    }
}
