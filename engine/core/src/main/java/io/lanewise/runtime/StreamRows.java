package io.lanewise.runtime;

import java.util.List;

import io.lanewise.plan.Stream;

/**
 * Which rows of a stream there are in the batch being run: for each sequence the valid rows first, then those that are padding
 * but not zero. Written by {@link RowScan} before the groups run, read by all workers after that. Most streams have one sequence a
 * sample, and what is said here of samples is then said of them.
 */
final class StreamRows {

    private final Stream stream;
    private final List<StreamRows> of; // the streams whose rows these are, one after the other; empty where inputs tell them
    private final int[] valid; // [batch]
    private final int[] live; // [batch]
    private final int[] order; // [batch, length]: the padded row of each live row
    private final boolean[] padding; // [batch, length]
    private final boolean[] positionPadding; // [batch, length]; empty where no positions are added
    private int length;
    private int shown; // the length of results
    private int batch;

    /** Makes room; {@code of} are the streams that it is made of, if it is. */
    StreamRows(Stream stream, Limits limits, List<StreamRows> of) {
        int sequences = Math.multiplyExact(limits.maxBatch(), stream.sequences());
        int rows = Math.multiplyExact(sequences, limits.maxLength(stream));
        this.stream = stream;
        this.of = of;
        this.valid = new int[sequences];
        this.live = new int[sequences];
        this.order = new int[rows];
        this.padding = new boolean[rows];
        this.positionPadding = new boolean[stream.positions() == null ? 0 : rows];
    }

    void begin(int samples, int length) {
        this.batch = samples * stream.sequences();
        this.length = length;
        this.shown = length;
    }

    void mark(int sample, int row, boolean isPadding, boolean isPositionPadding) {
        padding[sample * length + row] = isPadding;
        if (stream.positions() != null) {
            positionPadding[sample * length + row] = isPositionPadding;
        }
    }

    /** Orders a sample's rows once all are marked; {@code isZero} holds for each padding row whether it is left out. */
    void order(int sample, boolean[] isZero) {
        int base = sample * length;
        int count = 0;
        for (int row = 0; row < length; row++) {
            if (stream.dense() || !padding[base + row]) {
                order[base + count++] = row;
            }
        }
        valid[sample] = count;
        for (int row = 0; row < length && !stream.dense(); row++) {
            if (padding[base + row] && !isZero[row]) {
                order[base + count++] = row;
            }
        }
        live[sample] = count;
    }

    /** Takes the rows that are no padding, where samples have their own rows alone; all of them without a mask. */
    void takeRagged(RowMask mask) {
        for (int sample = 0; sample < batch; sample++) {
            int count = 0;
            for (int row = 0; row < length; row++) {
                boolean isPadding = mask != null && mask.isPadding(sample, row);
                padding[sample * length + row] = isPadding;
                if (!isPadding) {
                    order[sample * length + count++] = row;
                }
            }
            valid[sample] = count;
            live[sample] = count;
        }
    }

    /** Cuts results to the last row that any sequence has. */
    void trim() {
        shown = 0;
        for (int sequence = 0; sequence < batch; sequence++) {
            for (int row = 0; row < live[sequence]; row++) {
                shown = Math.max(shown, order[sequence * length + row] + 1);
            }
        }
    }

    /** Takes the rows of the streams that this one is made of, once for each of its sequences; they have theirs already. */
    void derive(int samples) {
        int rows = 0;
        for (int part = 0; part < of.size(); part++) {
            rows += of.get(part).shown;
        }
        begin(samples, rows);
        for (int sequence = 0; sequence < batch; sequence++) {
            int count = 0;
            int start = 0;
            for (int part = 0; part < of.size(); part++) {
                StreamRows rowsOf = of.get(part);
                int from = sequence / (stream.sequences() / rowsOf.stream.sequences());
                for (int row = 0; row < rowsOf.live[from]; row++) {
                    order[sequence * length + count++] = start + rowsOf.source(from, row);
                }
                start += rowsOf.shown;
            }
            valid[sequence] = count;
            live[sequence] = count;
        }
    }

    /** Returns the stream. */
    Stream stream() {
        return stream;
    }

    /** Returns the sequences of the run. */
    int batch() {
        return batch;
    }

    /** Returns the padded length of the run. */
    int length() {
        return length;
    }

    /** Returns the length of the run's results. */
    int shown() {
        return shown;
    }

    /** Returns how many rows of a sample take part in attention: the first of its live rows. */
    int valid(int sample) {
        return valid[sample];
    }

    /** Returns how many rows of a sample are computed. */
    int live(int sample) {
        return live[sample];
    }

    /** Returns the padded row of a live row. */
    int source(int sample, int row) {
        return order[sample * length + row];
    }

    /** Says whether a padded row is padding. */
    boolean isPadding(int sample, int paddedRow) {
        return padding[sample * length + paddedRow];
    }

    /** Returns the position table's row of a live row. */
    int tableRow(int sample, int row) {
        int paddedRow = source(sample, row);
        return positionPadding[sample * length + paddedRow] ? 0 : paddedRow + 1;
    }
}
