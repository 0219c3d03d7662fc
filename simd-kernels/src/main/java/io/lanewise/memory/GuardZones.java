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

    private static final byte POISON = (byte) 0xff; // four of them are a NaN
    private static final int SIGNALLING = 0x7fa00000;
    private static final MemorySegment BEFORE = pattern(0);
    private static final MemorySegment AFTER = pattern(ZONE_BYTES / Integer.BYTES);
    private static final Set<String> OWN = Set.of(GuardZones.class.getName(), Block.class.getName());
    private static final Set<GuardZones> LIVE = new LinkedHashSet<>(); // locked by itself, as is freeing a block

    private final MemorySegment before;
    private final MemorySegment inside;
    private final MemorySegment after;
    private final Throwable allocation = new Throwable("the block was allocated here");

    /** Fills memory with NaN, the zones at its ends with NaN of their own, and watches them until {@link #release}. */
    GuardZones(MemorySegment whole) {
        before = whole.asSlice(0, ZONE_BYTES);
        inside = whole.asSlice(ZONE_BYTES, whole.byteSize() - 2 * ZONE_BYTES, Block.ALIGNMENT);
        after = whole.asSlice(whole.byteSize() - ZONE_BYTES);
        before.copyFrom(BEFORE);
        after.copyFrom(AFTER);
        poison();
        synchronized (LIVE) {
            LIVE.add(this);
        }
    }

    private static MemorySegment pattern(long first) {
        int[] zone = new int[(int) ZONE_BYTES / Integer.BYTES];
        for (int i = 0; i < zone.length; i++) {
            zone[i] = SIGNALLING | (int) first + i + 1;
        }
        return MemorySegment.ofArray(zone);
    }

    /** Fills the memory between the zones with NaN. */
    void poison() {
        inside.fill(POISON);
    }

    /** Returns the memory between the zones. */
    MemorySegment inside() {
        return inside;
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
        long early = mismatch(before, BEFORE);
        if (early >= 0) {
            throw violation(before, early, "before, offset=" + (early - ZONE_BYTES));
        }
        long late = mismatch(after, AFTER);
        if (late >= 0) {
            throw violation(after, late, "after, offset=" + late);
        }
    }

    /** Returns the offset of the first float that is not as it was; negative if there is none. */
    private static long mismatch(MemorySegment zone, MemorySegment pattern) {
        return zone.mismatch(pattern) & -Float.BYTES;
    }

    private AssertionError violation(MemorySegment zone, long offset, String side) {
        return new AssertionError(
                "memory outside a block must not be written to: block of %d bytes from %s, side=%s, bits=%08x"
                        .formatted(
                                inside.byteSize(), owner(), side,
                                zone.getAtIndex(ValueLayout.JAVA_INT, offset / Integer.BYTES)),
                allocation);
    }

    private StackTraceElement owner() {
        return Arrays.stream(allocation.getStackTrace())
                .filter(frame -> !OWN.contains(frame.getClassName())).findFirst().orElseThrow();
    }
}
