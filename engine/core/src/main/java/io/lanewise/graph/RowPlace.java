package io.lanewise.graph;

/** Which of a sample's rows are meant. */
public enum RowPlace {
    /** Every one, each at its own place. */
    EACH,
    /** The first. */
    FIRST,
    /** The last that is no padding. */
    LAST
}
