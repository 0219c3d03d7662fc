package io.lanewise.memory.unchecked;

import java.lang.foreign.MemorySegment;

import org.agrona.UnsafeApi;

/**
 * All memory as one segment, for the addresses of rows that were checked at the door: what is read or written here is unchecked.
 *
 * <p>A vector is read at {@code (base & ADDRESS) + Integer.toUnsignedLong(at)}: the base masked once before the loop, the loop
 * variable an {@code int}. Both terms have bounds that C2 knows when it parses them, and their sum lies within the segment's
 * constant length, so that no bounds check is left: an access is one instruction, {@code [base + at]}. A float that is to fill a
 * vector is read the same way.
 *
 * <p>What the other forms cost, in 512-bit tiles of 5×4 scores (80×80×512) on Zen 4, by best fraction of the FMA probe: an
 * offset in the rows' own segment 0.65, because C2 hoists one check for each of nine addresses by some thirty instructions
 * before every loop; here, but with a signed loop variable 0.66, the sum could be negative, so checks stay; unsigned 0.73, and
 * 0.87 once nothing was called from the loop that folds. Compiled code shrank from 10 KB to 3, compile time with it.
 *
 * <p>{@code reinterpret} makes the segment, of which the JVM warns unless a flag allows it. Where the flag of Agrona is there
 * instead, the length of an empty segment, as anybody may make it, is overwritten without a word.
 */
public final class AddressSpace {

    /** The bits of an address: what processors give to a process, 47 on x86, 48 on AArch64. */
    public static final long ADDRESS = (1L << 48) - 1;

    private static final long BYTES = 2 * (ADDRESS + 1);
    private static final String UNSAFE_PACKAGE = "jdk.internal.misc";

    /** All memory, from address 0; of no length where the JVM forbids it. */
    public static final MemorySegment ALL = all(MemorySegment.ofAddress(0));

    private AddressSpace() {}

    /** Returns whether the JVM lets this module have all memory: without, nothing here may be used. */
    public static boolean isReached() {
        return ALL.byteSize() == BYTES;
    }

    /** Lets a module use what is here: one that this module has made, for copies of its own classes. */
    public static void exportTo(Module copies) {
        AddressSpace.class.getModule().addExports(AddressSpace.class.getPackageName(), copies);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment all(MemorySegment empty) {
        boolean allowed = AddressSpace.class.getModule().isNativeAccessEnabled();
        if (!allowed && stretch(empty)) {
            return empty;
        }
        try {
            return empty.reinterpret(BYTES);
        } catch (IllegalCallerException denied) {
            return empty;
        }
    }

    /** Overwrites a segment's length, where Agrona may and the JDK's segments are those that are known here. */
    private static boolean stretch(MemorySegment empty) {
        if (!Object.class.getModule().isExported(UNSAFE_PACKAGE, UnsafeApi.class.getModule())) {
            return false;
        }
        try {
            Class<?> type = empty.getClass().getSuperclass();
            UnsafeApi.putLong(empty, UnsafeApi.objectFieldOffset(type, "length"), BYTES);
            return true;
        } catch (InternalError noSuchField) {
            return false;
        }
    }
}
