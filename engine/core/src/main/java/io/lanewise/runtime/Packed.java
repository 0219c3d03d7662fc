package io.lanewise.runtime;

/** An input that is packed into its slot for a group of samples before the first step. Belongs to one worker. */
interface Packed {

    /** Takes the group's live rows from the caller's tensor. */
    void pack(RowGroup group, TensorData data);
}
