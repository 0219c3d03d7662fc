package io.lanewise.graph;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The values of a weight, or of something folded from weights.
 *
 * @param name as people know it: the tensor's name in the checkpoint
 * @param shape a matrix {@code [out, in]} or a vector
 * @param source where the values are
 */
public record Constant(String name, Shape shape, Source source) {

    /** Where values are, row-major: in memory, or in a file as long as that is open. Thread-safe. */
    public interface Source {

        /** Returns all values; nobody writes to them. They may be read anew: whoever needs them twice keeps them. */
        float[] all();

        /** Says whether all values are known to be bfloat16 numbers, the upper halves of floats. */
        default boolean isBf16() {
            return false;
        }

        /** Says whether copying some values costs as much as those, and not as all of them. */
        default boolean hasParts() {
            return true;
        }

        /** Copies some of the values into memory; of an array only where nothing waits for it. */
        void copy(long first, int count, MemorySegment to, long toByte);

        /** Lets go of memory that holds what was read, where it can be read again: others may need it more. */
        default void unload() {}

        /**
         * Copies rows of a matrix into off-heap memory, one after the other.
         *
         * @param rows which, from its start on
         * @param count how many of them
         * @param columns of the matrix
         * @param strideBytes from one row to the next where they go to
         */
        default void copyRows(int[] rows, int count, int columns, MemorySegment to, long toByte, long strideBytes) {
            for (int i = 0; i < count; i++) {
                copy((long) rows[i] * columns, columns, to, toByte + i * strideBytes);
            }
        }
    }

    /** Values in an array, which nobody writes to. */
    private record InMemory(float[] all) implements Source {
        @Override
        public void copy(long first, int count, MemorySegment to, long toByte) {
            MemorySegment.copy(all, Math.toIntExact(first), to, ValueLayout.JAVA_FLOAT_UNALIGNED, toByte, count);
        }
    }

    /** Describes values in memory. */
    public Constant(String name, Shape shape, float[] values) {
        this(name, shape, new InMemory(values));
    }

    /** Returns all values, as {@link Source#all} does. */
    public float[] values() {
        return source.all();
    }

    // Identity, not content: a weight is the tensor it came from, and comparing megabytes helps nobody.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
