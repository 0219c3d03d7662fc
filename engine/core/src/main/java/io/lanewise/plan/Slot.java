package io.lanewise.plan;

import io.lanewise.kernels.RowLayout;

/**
 * A place for one value of a group of samples: rows of a stream, or, where a chain runs op by op, scores with one row for
 * each head and query.
 *
 * @param id distinct within a plan
 * @param label the value's name for people
 * @param stream the stream whose rows these are; for scores, the queries'
 * @param keys for scores, the stream of the keys; else null
 * @param layout where the features of a row stand; for scores, only its heads count
 */
public record Slot(int id, String label, Stream stream, Stream keys, RowLayout layout) {

    @Override
    public String toString() {
        return label;
    }
}
