package io.lanewise.plan;

/** A constant as a step reads it, in a layout that its kernel wants. Equal references are packed once. */
public sealed interface ConstantRef permits WeightRef, TableRef {

    /** Returns the bytes of the packed constant, up to the next multiple of a block's alignment. */
    long bytes();
}
