package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import io.lanewise.memory.Rows;

/**
 * Memory segments made before a loop, so that the loop is indexed by its {@code int} variable alone.
 *
 * <p>C2 then hoists the bounds checks out of the loop, and the slice itself never becomes an object.
 */
final class Slices {

    private Slices() {}

    /** Returns the selected rows, from the first float in use to the last. */
    static MemorySegment rows(Rows rows) {
        return rows.segment().asSlice(rows.firstByte(),
                rows.count() == 0 ? 0 : (rows.count() - 1) * rowBytes(rows) + (long) rows.width() * Float.BYTES);
    }

    /** Returns the floats in use of one selected row. */
    static MemorySegment row(Rows rows, int row) {
        return rows.segment().asSlice(rowByte(rows, row), (long) rows.width() * Float.BYTES);
    }

    /** Returns where a selected row starts in its segment. */
    static long rowByte(Rows rows, int row) {
        return rows.firstByte() + row * rowBytes(rows);
    }

    /** Returns the bytes from one row to the next. */
    static long rowBytes(Rows rows) {
        return (long) rows.stride() * Float.BYTES;
    }
}
