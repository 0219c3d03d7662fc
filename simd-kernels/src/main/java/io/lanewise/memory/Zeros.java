package io.lanewise.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Writes zeros by copying them: C2 does not always see through {@code asSlice(…).fill(…)}, which then allocates. It takes no
 * JVM flag, so the scalar loops of a JVM without flags may use it.
 */
public final class Zeros {

    private static final MemorySegment PIECE = Arena.global().allocate(64 * 1024, Block.ALIGNMENT).asReadOnly();

    private Zeros() {}

    /**
     * Writes zeros into a part of a segment.
     *
     * @throws IndexOutOfBoundsException if the part does not lie in the segment
     * @throws IllegalStateException if the segment's arena is closed
     */
    public static void fill(MemorySegment segment, long offsetBytes, long bytes) {
        for (long done = 0; done < bytes; done += PIECE.byteSize()) {
            MemorySegment.copy(PIECE, 0, segment, offsetBytes + done, Math.min(PIECE.byteSize(), bytes - done));
        }
    }
}
