package io.lanewise.runtime;

/** The caller's word on which rows are padding. */
public interface RowMask {

    /** Says whether a row is padding. */
    boolean isPadding(int sample, int row);
}
