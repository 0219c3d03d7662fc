package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import org.agrona.UnsafeApi;

/**
 * All memory as one segment, for the addresses of rows that were checked at the door.
 *
 * <p>A vector is read at {@code (base & ADDRESS) + Integer.toUnsignedLong(at)}: the base masked once before the loop, the loop
 * variable an {@code int}. Both terms have bounds that C2 knows when it parses them, and their sum lies within the segment's
 * constant length, so that no bounds check is left: an access is one instruction, {@code [base + at]}.
 *
 * <p>What the other forms cost, in 512-bit tiles of 5×4 scores (80×80×512) on Zen 4, by best fraction of the FMA probe: an
 * offset in the rows' own segment 0.65, because C2 hoists one check for each of nine addresses by some thirty instructions
 * before every loop; here, but with a signed loop variable 0.66, the sum could be negative, so checks stay; unsigned 0.73, and
 * 0.87 once nothing was called from the loop that folds. Compiled code shrank from 10 KB to 3, compile time with it.
 *
 * <p>The segment is one of length 0, as anybody may make it, whose length is then overwritten through Agrona.
 * {@code reinterpret} does the same, but the JVM warns of it unless a flag allows it.
 */
final class Memory {

    /** The bits of an address: what processors give to a process, 47 on x86, 48 on AArch64. */
    static final long ADDRESS = (1L << 48) - 1;

    private static final long BYTES = 2 * (ADDRESS + 1);

    /** All memory, from address 0; of no length where a JDK has other segments than this one's. */
    static final MemorySegment ALL = stretched(MemorySegment.ofAddress(0));

    private Memory() {}

    private static MemorySegment stretched(MemorySegment empty) {
        try {
            Class<?> type = empty.getClass().getSuperclass();
            UnsafeApi.putLong(empty, UnsafeApi.objectFieldOffset(type, "length"), BYTES);
        } catch (InternalError noSuchField) {
            return empty;
        }
        return empty;
    }

    /** Returns whether this JDK's segments are those that are known here: without, no kernel of this package may run. */
    static boolean isReached() {
        return ALL.byteSize() == BYTES;
    }
}
