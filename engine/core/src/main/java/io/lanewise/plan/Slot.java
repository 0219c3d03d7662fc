package io.lanewise.plan;

import io.lanewise.kernels.RowLayout;

/**
 * A place for one value of a group of samples: rows of a stream, or, where a chain runs op by op, scores with one row for
 * each head and query. Ids of tokens are rows of one cell, an int.
 *
 * @param id distinct within a plan
 * @param label the value's name for people
 * @param stream the stream whose rows these are; for scores, the queries'
 * @param keys for scores, the stream of the keys; else null
 * @param layout where the features of a row stand; for scores, only its heads count
 * @param within the slot of whose rows these are a part, such as the queries of a product that makes keys and values, too; else
 *        null
 * @param firstFloat where in those rows the part begins
 */
public record Slot(int id, String label, Stream stream, Stream keys, RowLayout layout, Slot within, int firstFloat) {

    /** Describes a place of its own. */
    public Slot(int id, String label, Stream stream, Stream keys, RowLayout layout) {
        this(id, label, stream, keys, layout, null, 0);
    }

    /** Returns the slot whose memory this is: itself, or the one that it is a part of. */
    public Slot whole() {
        return within == null ? this : within;
    }

    @Override
    public String toString() {
        return label;
    }
}
