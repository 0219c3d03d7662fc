package io.lanewise.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Owns one zeroed, 64-byte aligned piece of off-heap memory.
 *
 * <p>The memory is freed by {@link #close()}, promptly; any later access through the segment throws. A block may be
 * shared by threads, but closing it while a kernel works on it is the owner's mistake: sessions and models guard it.
 */
public final class Block implements AutoCloseable {

    /** Bytes: a cache line, and the widest vector. */
    public static final int ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;

    /**
     * Allocates a block.
     *
     * @param bytes the size, at least 0
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws OutOfMemoryError if the memory is not to be had
     */
    public Block(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("block size must not be negative: bytes=" + bytes);
        }
        segment = arena.allocate(roundUp(Math.max(bytes, 1), ALIGNMENT), ALIGNMENT);
    }

    /** Returns the whole memory; valid until {@link #close()}. */
    public MemorySegment segment() {
        return segment;
    }

    /** Returns the size in bytes, a multiple of {@link #ALIGNMENT}. */
    public long bytes() {
        return segment.byteSize();
    }

    /**
     * Returns an Agrona view of a part of the block; valid until {@link #close()}, and unchecked after it.
     *
     * @param offsetBytes where the view starts
     * @param bytes its size, below 2 GiB
     * @throws IndexOutOfBoundsException if the part does not lie in the block
     */
    public UnsafeBuffer buffer(long offsetBytes, int bytes) {
        return new UnsafeBuffer(segment.asSlice(offsetBytes, bytes).address(), bytes);
    }

    /** Frees the memory. Closing twice is allowed. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    /** Returns the smallest multiple of {@code step} that is at least {@code value}. */
    public static long roundUp(long value, long step) {
        return Math.multiplyExact(Math.ceilDiv(value, step), step);
    }
}
