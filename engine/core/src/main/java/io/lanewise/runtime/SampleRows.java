package io.lanewise.runtime;

import io.lanewise.graph.RowPlace;

/**
 * Where rows of a ragged stream stand in their sample's sequence: a sample's rows follow each other, which is checked where they
 * come in.
 *
 * @param stream the index of the ragged stream
 */
record SampleRows(int stream) {

    /** Returns the place in the padded sequence of a row, counted among those that {@code which} means. */
    int place(RowGroup group, int s, RowPlace which, int row) {
        return group.batch(stream).source(group.sequence(stream, s), row(group, s, which, row));
    }

    /** Returns which of a sample's rows is meant. */
    int row(RowGroup group, int s, RowPlace which, int row) {
        return switch (which) {
            case EACH -> row;
            case FIRST -> 0;
            case LAST -> group.live(stream, s) - 1;
        };
    }
}
