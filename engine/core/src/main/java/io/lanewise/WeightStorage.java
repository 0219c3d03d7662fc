package io.lanewise;

import io.lanewise.kernels.Storage;

/**
 * How the weights of linear layers are kept in memory. They are multiplied as floats, in the same order however they are kept; tables,
 * norms, biases, and the weights of single heads and of recurrences are floats always.
 */
public enum WeightStorage {
    /** In the fewest bytes that hold them exactly: as {@link #BF16} where a model's file has them so, else as {@link #F32}. */
    EXACT(null),
    /** As floats, four bytes each. */
    F32(Storage.F32),
    /**
     * As the upper halves of floats, two bytes each: half the memory, and less time where weights come from memory, that is with few
     * tokens. Numbers that have more bits are rounded to the nearest, ties to even: results are then not those of the model as
     * published.
     */
    BF16(Storage.BF16),
    /**
     * As bytes, multiples from -127 to 127 of a scale that each output column has: a quarter of the memory, and no weight further off than
     * half a scale. Activations stay floats, unlike in what is called int8 elsewhere.
     */
    INT8(Storage.INT8);

    private final Storage storage;

    WeightStorage(Storage storage) {
        this.storage = storage;
    }

    /** Returns what it is to the planner; null where each weight decides. */
    Storage storageOrNull() {
        return storage;
    }
}
