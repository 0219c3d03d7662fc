package io.lanewise.kernels.simd;

import io.lanewise.memory.Rows;

/**
 * Places in memory, in bytes.
 *
 * <p>Kernels add them to the loop variable of an access instead of slicing the segment before the loop: a slice is an
 * object that C2 removes on most runs of a JVM, but not on all ("low call site frequency" in its inlining log), and then
 * a run allocates. Without slices {@link RowScores} loses up to a tenth, {@link PackedMatMul} gains a fifth.
 */
final class RowBytes {

    private RowBytes() {}

    /** Returns where a selected row starts in its segment. */
    static long of(Rows rows, int row) {
        return rows.firstByte() + row * stride(rows);
    }

    /** Returns the bytes from one row to the next. */
    static long stride(Rows rows) {
        return (long) rows.stride() * Float.BYTES;
    }

    /** Returns the bytes of the whole vectors that hold so many floats. */
    static int ofVectors(int floats) {
        return (floats + SimdShape.LANES - 1) / SimdShape.LANES * SimdShape.VECTOR_BYTES;
    }
}
