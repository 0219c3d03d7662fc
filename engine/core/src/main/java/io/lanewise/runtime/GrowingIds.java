package io.lanewise.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Ids that are written anew for every run, in memory that grows to the largest. For one thread between runs. */
public final class GrowingIds implements TensorData {

    private MemorySegment segment = MemorySegment.NULL;

    /** Makes no room yet. */
    public GrowingIds() {}

    /** Makes room for so many ids, which are not defined then; allocates nothing if there were as many before. */
    public void reserve(long ids) {
        if (segment.byteSize() < ids * Integer.BYTES) {
            segment = Arena.ofAuto().allocate(Math.max(ids, segment.byteSize() / Integer.BYTES * 2) * Integer.BYTES,
                    Integer.BYTES);
        }
    }

    /** Writes ids from a cell on. */
    public void write(long cell, int[] ids, int count) {
        MemorySegment.copy(ids, 0, segment, ValueLayout.JAVA_INT, cell * Integer.BYTES, count);
    }

    @Override
    public void copyTo(long firstFloat, MemorySegment to, long toByte, long floats) {
        MemorySegment.copy(segment, firstFloat * Integer.BYTES, to, toByte, floats * Integer.BYTES);
    }

    @Override
    public int bits(long cell) {
        return segment.get(ValueLayout.JAVA_INT, cell * Integer.BYTES);
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public boolean isReadableBy(Thread thread) {
        return true;
    }

    @Override
    public long address() {
        return segment.address();
    }

    @Override
    public long bytes() {
        return segment.byteSize();
    }
}
