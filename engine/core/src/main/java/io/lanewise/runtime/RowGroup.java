package io.lanewise.runtime;

import java.util.List;

/**
 * Some samples whose packed rows are worked on together: enough rows that a weight is worth streaming. Belongs to one worker.
 */
final class RowGroup {

    private final List<StreamRows> batch;
    private final int[][] start; // [streams, sequences of the group]
    private final int[] rows; // [streams]
    private int[] order;
    private int first;
    private int samples;

    RowGroup(List<StreamRows> batch, int maxBatch) {
        this.batch = batch;
        this.start = batch.stream().map(rows -> new int[maxBatch * rows.stream().sequences()]).toArray(int[][]::new);
        this.rows = new int[batch.size()];
    }

    /** Takes the samples {@code order[first …]} and lays out their rows one after the other. */
    void take(int[] order, int first, int samples) {
        this.order = order;
        this.first = first;
        this.samples = samples;
        for (int stream = 0; stream < start.length; stream++) {
            int row = 0;
            for (int s = 0; s < sequences(stream); s++) {
                start[stream][s] = row;
                row += live(stream, s);
            }
            rows[stream] = row;
        }
    }

    /** Returns the number in the batch of the {@code s}th of the group's sequences of a stream. */
    int sequence(int stream, int s) {
        int each = batch.get(stream).stream().sequences();
        return each == 1 ? order[first + s] : order[first + s / each] * each + s % each;
    }

    /** Returns how many sequences of a stream there are: one a sample, or more. */
    int sequences(int stream) {
        return samples * batch.get(stream).stream().sequences();
    }

    /** Returns how many rows of a stream there are. */
    int rows(int stream) {
        return rows[stream];
    }

    /** Returns the first row of the group's {@code s}th sequence. */
    int start(int stream, int s) {
        return start[stream][s];
    }

    /** Returns the rows of a stream in the whole batch. */
    StreamRows batch(int stream) {
        return batch.get(stream);
    }

    /** Returns the live rows of the group's {@code s}th sequence. */
    int live(int stream, int s) {
        return batch.get(stream).live(sequence(stream, s));
    }

    /** Returns the rows of the group's {@code s}th sequence that take part in attention. */
    int valid(int stream, int s) {
        return batch.get(stream).valid(sequence(stream, s));
    }
}
