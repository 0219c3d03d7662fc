package io.lanewise.graph;

/** How scores become a whole number. */
public enum Choice {
    /** The place of the largest, the first of equals; the first NaN where there is one, as in PyTorch. */
    LARGEST,
    /** The number of the only score, rounded half to even, from 1 to 10; −1 for NaN. */
    COUNT
}
