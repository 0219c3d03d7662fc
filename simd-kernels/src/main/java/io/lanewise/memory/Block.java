package io.lanewise.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Owns one 64-byte aligned piece of off-heap memory.
 *
 * <p>The memory is freed by {@link #close()}, promptly; any later access through the segment throws. A block may be
 * shared by threads, but closing it while a kernel works on it is the owner's mistake: sessions and models guard it.
 *
 * <p>With the system property {@code lanewise.memory.guard=true}, for tests, every block lies between guard zones that are
 * checked when it is closed and by {@link #checkGuards}.
 */
public final class Block implements AutoCloseable {

    /** Bytes: a cache line, and the widest vector. */
    public static final int ALIGNMENT = 64;

    private static final AtomicLong LIVE_BYTES = new AtomicLong();

    private final Arena arena;
    private final MemorySegment segment;
    private final GuardZones guards; // null unless they are asked for

    /**
     * Allocates a block of which nobody knows what is in it: NaN where there are guard zones.
     *
     * @param bytes the size, at least 0
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws OutOfMemoryError if the memory is not to be had
     */
    public Block(long bytes) {
        this(bytes, Arena.ofShared());
    }

    private Block(long bytes, Arena arena) {
        if (bytes < 0) {
            throw new IllegalArgumentException("block size must not be negative: bytes=" + bytes);
        }
        this.arena = arena;
        long size = roundUp(Math.max(bytes, 1), ALIGNMENT);
        guards = GuardZones.ON
                ? new GuardZones(arena.allocate(Math.addExact(size, 2 * GuardZones.ZONE_BYTES), ALIGNMENT))
                : null;
        segment = guards == null ? arena.allocate(size, ALIGNMENT) : guards.inside();
        LIVE_BYTES.addAndGet(size);
    }

    /** Allocates a block full of zeros; otherwise as the constructor does. */
    public static Block zeroed(long bytes) {
        return zeroed(new Block(bytes));
    }

    /**
     * Allocates a block full of zeros for the calling thread, which alone may use and close it; otherwise as {@link #zeroed} does.
     * When a block that threads share is closed, all threads leave their compiled code for a moment; this one's end is nobody else's
     * business.
     */
    public static Block zeroedForThisThread(long bytes) {
        return zeroed(new Block(bytes, GuardZones.ON ? Arena.ofShared() : Arena.ofConfined())); // any thread checks guards
    }

    private static Block zeroed(Block block) {
        if (GuardZones.ON) {
            Zeros.fill(block.segment, 0, block.bytes()); // other memory comes zeroed
        }
        return block;
    }

    /**
     * Checks the guard zones of all blocks, where there are any.
     *
     * @throws AssertionError if one was written to: which block's, on which side, and where
     */
    public static void checkGuards() {
        if (GuardZones.ON) {
            GuardZones.checkAll();
        }
    }

    /** Returns the bytes of all blocks of this JVM that are not freed; the JVM itself does not count the memory of such arenas. */
    public static long liveBytes() {
        return LIVE_BYTES.get();
    }

    /** Says that nobody needs what is in the block any more: where there are guard zones, it becomes NaN. */
    public void forget() {
        if (GuardZones.ON) {
            guards.poison();
        }
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
     * Has the block laid on huge pages, where the system has any and the block is as large as one. Takes milliseconds, and may be called
     * beside whoever uses the block, or closes it.
     *
     * @return whether it is
     */
    public boolean layOnHugePages() {
        return arena.scope().isAlive() && HugePages.layUnder(segment);
    }

    /**
     * Returns an Agrona view of a part of the block; valid until {@link #close()}, and unchecked after it. Agrona needs a JVM flag of
     * its own.
     *
     * @param offsetBytes where the view starts
     * @param bytes its size, below 2 GiB
     * @throws IndexOutOfBoundsException if the part does not lie in the block
     * @throws IllegalAccessError if the JVM does not export {@code jdk.internal.misc} to Agrona
     */
    public UnsafeBuffer buffer(long offsetBytes, int bytes) {
        return new UnsafeBuffer(segment.asSlice(offsetBytes, bytes).address(), bytes);
    }

    /**
     * Frees the memory. Closing twice is allowed.
     *
     * @throws AssertionError if a guard zone was written to; the memory is freed all the same
     */
    @Override
    public void close() {
        if (!arena.scope().isAlive()) {
            return;
        }
        if (guards == null) {
            free();
        } else {
            guards.release(this::free);
        }
    }

    private void free() {
        arena.close();
        LIVE_BYTES.addAndGet(-bytes());
    }

    /** Returns the smallest multiple of {@code step} that is at least {@code value}. */
    public static long roundUp(long value, long step) {
        return Math.multiplyExact(Math.ceilDiv(value, step), step);
    }
}
