package io.lanewise.text;

/** How the labels of a word's tokens become those of entities. */
public enum Aggregation {
    /** They do not: every token that has a label is an entity. */
    NONE,
    /** Tokens beside each other with the same label are one; its score is their mean. */
    SIMPLE,
    /** As simple, a word having the label of its first token. */
    FIRST,
    /** As simple, a word having the label that is likeliest on average over its tokens. */
    AVERAGE,
    /** As simple, a word having the label of its surest token. */
    MAX
}
