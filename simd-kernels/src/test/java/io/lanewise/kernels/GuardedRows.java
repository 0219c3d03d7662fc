package io.lanewise.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

import io.lanewise.memory.Rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * Rows of which every float outside, between the rows too, holds a value that no kernel may touch: a NaN, so that reading it
 * shows in a result, and a signalling one, so that arithmetic in place changes its bits.
 */
final class GuardedRows {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt BITS = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int GUARD = 0x7fa12345;
    private static final int MARGIN = 16;

    final Rows rows;
    private final MemorySegment segment;

    /** Makes {@code count} rows of zeros. */
    GuardedRows(int count, int width, int stride) {
        segment = Arena.ofAuto().allocate((2L * MARGIN + (long) count * stride) * Float.BYTES, 64);
        for (long i = 0; i < segment.byteSize() / Float.BYTES; i++) {
            segment.setAtIndex(BITS, i, GUARD);
        }
        rows = new Rows(segment, (long) MARGIN * Float.BYTES, count, width, stride);
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < width; column++) {
                rows.set(row, column, 0);
            }
        }
    }

    /** Fills the first {@code features} cells of every row with numbers between −1 and 1. */
    GuardedRows random(long seed, int features) {
        Random random = new Random(seed);
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < features; column++) {
                rows.set(row, column, random.nextFloat() * 2 - 1);
            }
        }
        return this;
    }

    /** Returns a copy of the memory, to hold against {@link #assertUnchanged}. */
    float[] snapshot() {
        return segment.toArray(FLOAT);
    }

    void assertUnchanged(float[] snapshot) {
        for (int i = 0; i < snapshot.length; i++) {
            assertEquals(Float.floatToRawIntBits(snapshot[i]), Float.floatToRawIntBits(segment.getAtIndex(FLOAT, i)),
                    "a source was written to: float=" + (i - MARGIN));
        }
    }

    void assertGuards() {
        for (int i = 0; i < segment.byteSize() / Float.BYTES; i++) {
            int cell = i - MARGIN;
            boolean inside = cell >= 0 && cell < rows.capacity() * rows.stride() && cell % rows.stride() < rows.width();
            if (!inside && segment.getAtIndex(BITS, i) != GUARD) {
                fail("a cell outside the rows was written to: row=" + Math.floorDiv(cell, rows.stride()) + ", column="
                        + Math.floorMod(cell, rows.stride()));
            }
        }
    }
}
