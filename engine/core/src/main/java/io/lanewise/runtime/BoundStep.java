package io.lanewise.runtime;

/** A step made ready for one workspace. Not thread-safe: it belongs to the workspace's worker. */
interface BoundStep {

    /**
     * Does a part of the step for a group of samples. Parts may be done at the same time by steps that are bound to the same
     * buffers; what they write does not depend on how many there are.
     */
    void run(RowGroup group, Part part);
}
