package io.lanewise.memory;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

import org.agrona.UnsafeApi;

/** Writes zeros without making a slice first: C2 does not always see through {@code asSlice(…).fill(…)}, which then allocates. */
public final class Zeros {

    private Zeros() {}

    /**
     * Writes zeros into a part of a native segment.
     *
     * @throws IndexOutOfBoundsException if the part does not lie in the segment
     * @throws IllegalStateException if the segment's arena is closed
     */
    public static void fill(MemorySegment segment, long offsetBytes, long bytes) {
        Objects.checkFromIndexSize(offsetBytes, bytes, segment.byteSize());
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("memory must not be written after it is freed: bytes=" + bytes);
        }
        UnsafeApi.setMemory(segment.address() + offsetBytes, bytes, (byte) 0);
    }
}
