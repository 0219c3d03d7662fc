package io.lanewise.misuse;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import io.lanewise.Tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

/**
 * A tensor, the memory that it should be reading, and the arena that can free it.
 *
 * @param arena null where memory cannot be freed, or where nobody would know
 */
record Held(Tensor tensor, MemorySegment memory, Arena arena) {

    boolean isThere() {
        return memory.scope().isAlive();
    }

    boolean isReadableByAll() {
        return memory.isAccessibleBy(NOBODY);
    }

    private static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

    /** Returns what it holds now; where the memory is gone, zeros, for which the shape counts alone. */
    Cells cells() {
        long[] shape = tensor.shape();
        int floats = (int) (shape[0] * shape[1] * shape[2]);
        return new Cells(isThere() ? memory.toArray(JAVA_FLOAT_UNALIGNED) : new float[floats], shape);
    }

    void free() {
        if (arena != null && isThere()) {
            arena.close();
        }
    }
}
