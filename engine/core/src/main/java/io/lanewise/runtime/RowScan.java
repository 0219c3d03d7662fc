package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

/**
 * Finds out, in one look at an input, which rows of a stream are padding and which of those are zero.
 *
 * <p>The caller's lengths or mask decide; without them the published rule does: a row is padding if its features sum to 0. The
 * sum is taken in double, in order, so that it does not depend on a vector's width.
 */
final class RowScan implements AutoCloseable {

    private final StreamRows rows;
    private final Kernels kernels;
    private final int features;
    private final boolean[] isZero; // [length]
    private final Block block;
    private final Rows row;
    private final Rows table; // null where no positions are added

    RowScan(StreamRows rows, int maxLength, int features, int width, Kernels kernels, Rows table) {
        this.rows = rows;
        this.kernels = kernels;
        this.features = features;
        this.isZero = new boolean[maxLength];
        this.block = Block.zeroed((long) width * Float.BYTES);
        this.row = new Rows(block.segment(), 0, 1, width, width);
        this.table = table;
    }

    void run(TensorData data, RowMask mask) {
        for (int sample = 0; sample < rows.batch(); sample++) {
            for (int i = 0; i < rows.length(); i++) {
                look(data, mask, sample, i);
            }
            rows.order(sample, isZero);
        }
    }

    private void look(TensorData data, RowMask mask, int sample, int i) {
        if (!rows.stream().masked()) {
            isZero[i] = !rows.stream().dense() && readIsZero(data, sample, i);
            rows.mark(sample, i, isZero[i], false);
        } else if (mask != null) {
            boolean padding = mask.isPadding(sample, i);
            isZero[i] = padding && !rows.stream().dense() && readIsZero(data, sample, i);
            rows.mark(sample, i, padding, padding);
        } else {
            read(data, sample, i);
            boolean padding = sumIsZero();
            boolean sumPadding = table == null ? padding : withPositionSumIsZero(padding ? 0 : i + 1);
            isZero[i] = sumPadding && allZero();
            rows.mark(sample, i, sumPadding, padding);
        }
    }

    private boolean readIsZero(TensorData data, int sample, int i) {
        read(data, sample, i);
        return allZero();
    }

    private void read(TensorData data, int sample, int i) {
        data.copyTo(((long) sample * rows.length() + i) * features, row.segment(), row.firstByte(), features);
    }

    private boolean withPositionSumIsZero(int tableRow) {
        kernels.add(row, row, table.select(tableRow, 1));
        return sumIsZero();
    }

    private boolean sumIsZero() {
        double sum = 0;
        for (int feature = 0; feature < features; feature++) {
            sum += row.get(0, feature);
        }
        return sum == 0;
    }

    private boolean allZero() {
        for (int feature = 0; feature < features; feature++) {
            if (row.get(0, feature) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        block.close();
    }
}
