package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

import io.lanewise.kernels.Activation;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/** Element by element: sums, products, maxima and activations. */
final class RowArithmetic {

    private RowArithmetic() {}

    static void add(Rows result, Rows left, Rows right) {
        int bytes = result.width() * Float.BYTES;
        long sum = result.address();
        long a = left.address();
        long b = right.address();
        for (int row = 0; row < result.count(); row++) {
            add(sum + row * result.strideBytes(), a + row * left.strideBytes(), b + row * right.strideBytes(), bytes);
        }
    }

    static void mix(Rows result, Rows other, Rows weights) {
        int bytes = result.width() * Float.BYTES;
        long to = result.address();
        long from = other.address();
        long factors = weights.address();
        for (int row = 0; row < result.count(); row++) {
            long pair = (factors + row * weights.strideBytes()) & ADDRESS;
            mix(to + row * result.strideBytes(), from + row * other.strideBytes(), bytes,
                    ALL.get(JAVA_FLOAT_UNALIGNED, pair), ALL.get(JAVA_FLOAT_UNALIGNED, pair + Float.BYTES));
        }
    }

    static void activate(Rows result, Rows rows, Activation activation) {
        int bytes = result.width() * Float.BYTES;
        long to = result.address();
        long from = rows.address();
        for (int row = 0; row < result.count(); row++) {
            activate(activation, to + row * result.strideBytes(), from + row * rows.strideBytes(), bytes);
        }
    }

    /** Computes {@code activation(x)} of some columns of some of the rows, in place. */
    static void activate(Activation activation, Rows rows, int first, int count, int columns) {
        long from = rows.address() + first * rows.strideBytes();
        for (int row = 0; row < count; row++) {
            long address = from + row * rows.strideBytes();
            activate(activation, address, address, columns * Float.BYTES);
        }
    }

    static void gate(Rows result, Rows gate, Rows up, Activation activation) {
        int bytes = result.width() * Float.BYTES;
        long to = result.address();
        long gates = gate.address();
        long ups = up.address();
        for (int row = 0; row < result.count(); row++) {
            long product = to + row * result.strideBytes();
            long left = gates + row * gate.strideBytes();
            long right = ups + row * up.strideBytes();
            switch (activation) {
                case NONE -> multiply(product, left, right, bytes);
                case RELU -> reluGate(product, left, right, bytes);
                default -> Activations.gate(activation, product, left, right, bytes);
            }
        }
    }

    static void max(Rows result, Rows left, Rows right) {
        int bytes = result.width() * Float.BYTES;
        long to = result.address();
        long a = left.address();
        long b = right.address();
        for (int row = 0; row < result.count(); row++) {
            max(to + row * result.strideBytes(), a + row * left.strideBytes(), b + row * right.strideBytes(), bytes);
        }
    }

    private static void activate(Activation activation, long result, long row, int bytes) {
        switch (activation) {
            case NONE -> MemorySegment.copy(ALL, row & ADDRESS, ALL, result & ADDRESS, bytes);
            case RELU -> relu(result, row, bytes);
            default -> Activations.run(activation, result, row, bytes);
        }
    }

    static void add(long sums, long left, long right, int bytes) {
        long sum = sums & ADDRESS;
        long a = left & ADDRESS;
        long b = right & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, a + here, ORDER)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, b + here, ORDER))
                    .intoMemorySegment(ALL, sum + here, ORDER);
        }
    }

    static void multiply(long products, long left, long right, int bytes) {
        long product = products & ADDRESS;
        long a = left & ADDRESS;
        long b = right & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, a + here, ORDER)
                    .mul(FloatVector.fromMemorySegment(SPECIES, ALL, b + here, ORDER))
                    .intoMemorySegment(ALL, product + here, ORDER);
        }
    }

    private static void max(long maxima, long left, long right, int bytes) {
        long maximum = maxima & ADDRESS;
        long a = left & ADDRESS;
        long b = right & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, a + here, ORDER)
                    .max(FloatVector.fromMemorySegment(SPECIES, ALL, b + here, ORDER))
                    .intoMemorySegment(ALL, maximum + here, ORDER);
        }
    }

    static void multiply(long rows, int bytes, float factor) {
        long row = rows & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, row + here, ORDER).mul(factor)
                    .intoMemorySegment(ALL, row + here, ORDER);
        }
    }

    private static void mix(long results, long others, int bytes, float ownFactor, float otherFactor) {
        long result = results & ADDRESS;
        long other = others & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, other + here, ORDER)
                    .fma(FloatVector.broadcast(SPECIES, otherFactor),
                            FloatVector.fromMemorySegment(SPECIES, ALL, result + here, ORDER).mul(ownFactor))
                    .intoMemorySegment(ALL, result + here, ORDER);
        }
    }

    private static void relu(long result, long rows, int bytes) {
        long to = result & ADDRESS;
        long from = rows & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, from + here, ORDER).max(0).intoMemorySegment(ALL, to + here,
                    ORDER);
        }
    }

    private static void reluGate(long products, long gates, long ups, int bytes) {
        long product = products & ADDRESS;
        long gate = gates & ADDRESS;
        long up = ups & ADDRESS;
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector.fromMemorySegment(SPECIES, ALL, gate + here, ORDER).max(0)
                    .mul(FloatVector.fromMemorySegment(SPECIES, ALL, up + here, ORDER))
                    .intoMemorySegment(ALL, product + here, ORDER);
        }
    }
}
