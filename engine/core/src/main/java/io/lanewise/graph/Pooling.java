package io.lanewise.graph;

/** How the rows of a sample become one. */
public enum Pooling {
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM,
    /** Their sum over the root of their number. */
    MEAN_SQRT_LENGTH,
    /** Their mean, row {@code i} weighing {@code i + 1}. */
    WEIGHTED_MEAN,
    /** The largest of each feature. */
    MAX
}
