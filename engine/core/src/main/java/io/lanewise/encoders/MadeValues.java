package io.lanewise.encoders;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.lanewise.graph.Constant;

/** Values that are computed whenever they are read. */
interface MadeValues extends Constant.Source {

    @Override
    default boolean hasParts() {
        return false;
    }

    @Override
    default void copy(long first, int count, MemorySegment to, long toByte) {
        MemorySegment.copy(all(), Math.toIntExact(first), to, ValueLayout.JAVA_FLOAT_UNALIGNED, toByte, count);
    }
}
