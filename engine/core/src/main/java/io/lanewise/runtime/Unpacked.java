package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;

/** A result that a slot holds for a group of samples when all steps are done. Belongs to one worker. */
interface Unpacked {

    /** Writes it to its places in the whole batch's. */
    void unpack(RowGroup group, MemorySegment output);
}
