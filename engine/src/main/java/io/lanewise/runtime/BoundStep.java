package io.lanewise.runtime;

/** A step made ready for one workspace. Not thread-safe: it belongs to the workspace's worker. */
public interface BoundStep {

    /** Does the step for a group of samples. */
    void run(RowGroup group);
}
