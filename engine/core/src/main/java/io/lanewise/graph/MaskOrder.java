package io.lanewise.graph;

/** Which sample's padding masks the keys of a (sample, head) pair. */
public enum MaskOrder {
    /** The sample's own. */
    SAMPLE,
    /** The published {@code repeat}: group {@code g = b·H + h} uses the mask of sample {@code g mod B}. */
    GROUP_MODULO_BATCH
}
