package io.lanewise.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The test mode in which every block lies between two zones of NaN that must stay as they are, and starts out full of NaN, so
 * that a read of what nobody wrote shows in an answer.
 *
 * <p>Each float of a zone is a signalling NaN that holds its own index: arithmetic quiets it and a copy takes it to another
 * place, so that not even reading and writing the same wrong float goes unnoticed.
 */
final class GuardZones {

    /** System property: {@code true} turns the mode on. */
    static final String PROPERTY = "lanewise.memory.guard";

    static final boolean ON = Boolean.getBoolean(PROPERTY);

    /** Bytes before and after a block; what overshoots a row or a vector ends in them. */
    static final long ZONE_BYTES = 4096;

    private static final int POISON = 0x7fc0dead;
    private static final int SIGNALLING = 0x7fa00000;
    private static final Set<String> OWN = Set.of(GuardZones.class.getName(), Block.class.getName());
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final Set<GuardZones> LIVE = new LinkedHashSet<>(); // locked by itself, as is freeing a block

    private final MemorySegment whole;
    private final Throwable allocation = new Throwable("the block was allocated here");

    /** Fills memory with NaN, the zones at its ends with NaN of their own, and watches them until {@link #release}. */
    GuardZones(MemorySegment whole) {
        this.whole = whole;
        for (long index = 0; index < ints(); index++) {
            if (isZone(index)) {
                whole.setAtIndex(INT, index, pattern(index));
            }
        }
        poison();
        synchronized (LIVE) {
            LIVE.add(this);
        }
    }

    /** Fills the memory between the zones with NaN. */
    void poison() {
        MemorySegment inside = inside();
        for (long index = 0; index < inside.byteSize() / Integer.BYTES; index++) {
            inside.setAtIndex(INT, index, POISON);
        }
    }

    /** Returns the memory between the zones. */
    MemorySegment inside() {
        return whole.asSlice(ZONE_BYTES, whole.byteSize() - 2 * ZONE_BYTES, Block.ALIGNMENT);
    }

    /** Checks the zones of all live blocks. */
    static void checkAll() {
        synchronized (LIVE) {
            LIVE.forEach(GuardZones::check);
        }
    }

    /** Checks the zones a last time and frees the memory, whatever they say. */
    void release(Runnable free) {
        synchronized (LIVE) {
            try {
                check();
            } finally {
                LIVE.remove(this);
                free.run();
            }
        }
    }

    private void check() {
        for (long index = 0; index < ints(); index++) {
            if (!isZone(index)) {
                index = ints() - ZONE_BYTES / Integer.BYTES;
            }
            if (whole.getAtIndex(INT, index) != pattern(index)) {
                throw violation(index);
            }
        }
    }

    private AssertionError violation(long index) {
        boolean before = index * Integer.BYTES < ZONE_BYTES;
        long bytes = whole.byteSize() - 2 * ZONE_BYTES;
        long offset = index * Integer.BYTES - ZONE_BYTES;
        return new AssertionError(
                "memory outside a block must not be written to: block of %d bytes from %s, side=%s, offset=%d, bits=%08x"
                        .formatted(bytes, owner(), before ? "before" : "after", before ? offset : offset - bytes,
                                whole.getAtIndex(INT, index)),
                allocation);
    }

    private StackTraceElement owner() {
        return Arrays.stream(allocation.getStackTrace())
                .filter(frame -> !OWN.contains(frame.getClassName())).findFirst().orElseThrow();
    }

    private long ints() {
        return whole.byteSize() / Integer.BYTES;
    }

    private boolean isZone(long index) {
        long offset = index * Integer.BYTES;
        return offset < ZONE_BYTES || offset >= whole.byteSize() - ZONE_BYTES;
    }

    private static int pattern(long index) {
        return SIGNALLING | (int) (index & 0xfffff) + 1;
    }
}
