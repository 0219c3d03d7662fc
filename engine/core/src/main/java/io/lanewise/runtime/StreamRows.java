package io.lanewise.runtime;

import io.lanewise.plan.Stream;

/**
 * Which rows of a stream there are in the batch being run: for each sample the valid rows first, then those that are padding
 * but not zero. Written by {@link RowScan} before the groups run, read by all workers after that.
 */
final class StreamRows {

    private final Stream stream;
    private final int[] valid; // [batch]
    private final int[] live; // [batch]
    private final int[] order; // [batch, length]: the padded row of each live row
    private final boolean[] padding; // [batch, length]
    private final boolean[] positionPadding; // [batch, length]; empty where no positions are added
    private int length;
    private int batch;

    StreamRows(Stream stream, Limits limits) {
        int rows = Math.multiplyExact(limits.maxBatch(), limits.maxLength(stream));
        this.stream = stream;
        this.valid = new int[limits.maxBatch()];
        this.live = new int[limits.maxBatch()];
        this.order = new int[rows];
        this.padding = new boolean[rows];
        this.positionPadding = new boolean[stream.positions() == null ? 0 : rows];
    }

    void begin(int batch, int length) {
        this.batch = batch;
        this.length = length;
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

    /** Returns the stream. */
    Stream stream() {
        return stream;
    }

    /** Returns the samples of the run. */
    int batch() {
        return batch;
    }

    /** Returns the padded length of the run. */
    int length() {
        return length;
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
