package io.lanewise.graph;

/** How the features of a row become heads. */
public enum HeadSplit {
    /** Head {@code h} takes columns {@code h·d … (h+1)·d} of every row: the usual split. */
    COLUMNS,
    /**
     * The published multi-head attention: {@code [L, H·d]} is read as {@code [H, L, d]} without a transpose, so that group
     * {@code h} holds the flat elements {@code h·L·d … (h+1)·L·d} of its sample.
     */
    RESHAPED,
    /** Every head reads whole rows: what the planner makes of keys and values that it does not project. */
    SHARED
}
