package io.lanewise.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Writes and finds zeros. Writes them by copying: C2 does not always see through {@code asSlice(…).fill(…)}, which then allocates. It takes no
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

    /**
     * Says whether a part of a segment holds no bit but 0: no float but 0, and not -0.
     *
     * @throws IndexOutOfBoundsException if the part does not lie in the segment
     * @throws IllegalStateException if the segment's arena is closed
     */
    public static boolean areIn(MemorySegment segment, long offsetBytes, long bytes) {
        for (long done = 0; done < bytes; done += PIECE.byteSize()) {
            long size = Math.min(PIECE.byteSize(), bytes - done);
            if (MemorySegment.mismatch(segment, offsetBytes + done, offsetBytes + done + size, PIECE, 0, size) >= 0) {
                return false;
            }
        }
        return true;
    }
}
