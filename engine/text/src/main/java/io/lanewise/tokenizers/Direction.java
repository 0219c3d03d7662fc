package io.lanewise.tokenizers;

/** An end of a text. */
public enum Direction {
    /** Where it begins. */
    LEFT,
    /** Where it ends. */
    RIGHT
}
