package io.lanewise.kernels;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

abstract class RowContextContract {

    private final Kernels kernels;

    RowContextContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldMixAnyNumberOfRowsAndKeys() {
        for (int rows = 1; rows <= 13; rows++) {
            check(rows, 5, 9);
        }
        for (int keys : new int[]{1, 2, 3, 8, 17, 80}) {
            check(4, keys, 9);
        }
    }

    @Test
    void shouldMixAnyWidth() {
        for (int vectors = 1; vectors <= 5; vectors++) {
            for (int rows = 1; rows <= 7; rows++) {
                check(rows, 7, vectors * kernels.lanes());
            }
        }
    }

    @Test
    void shouldGiveARowTheSameBitsAloneAndAnywhereInABatch() {
        int width = 3 * kernels.lanes();
        GuardedRows attention = rows(13, 17, 1);
        GuardedRows values = rows(17, width, 2);
        GuardedRows batch = rows(13, width, 0);
        kernels.rowContext(batch.rows, attention.rows, values.rows);
        for (int first = 0; first < 13; first++) {
            for (int count = 1; count <= Math.min(7, 13 - first); count++) {
                GuardedRows part = rows(count, width, 0);
                kernels.rowContext(part.rows, attention.rows.select(first, count), values.rows);
                for (int row = 0; row < count; row++) {
                    Oracle.assertSameBits("from " + first, batch.rows, first + row, part.rows, row, width);
                }
            }
        }
    }

    @Test
    void shouldNotChangeABitForTrailingKeysWithoutAttention() {
        int width = 2 * kernels.lanes();
        GuardedRows attention = new GuardedRows(5, 32, 40).random(1, 11);
        GuardedRows values = rows(32, width, 2);
        attention.rows.set(0, 10, 0x1p-120f);
        values.rows.set(10, 0, -0x1p-120f);
        for (int key = 0; key < 10; key++) {
            attention.rows.set(0, key, 0);
        }
        GuardedRows few = rows(5, width, 0);
        kernels.rowContext(few.rows, attention.rows, values.rows.select(0, 11));
        assertEquals(0, Float.floatToRawIntBits(few.rows.get(0, 0)), "an underflowed sum must be +0");
        for (int keys = 12; keys <= 32; keys++) {
            GuardedRows more = rows(5, width, 0);
            kernels.rowContext(more.rows, attention.rows, values.rows.select(0, keys));
            for (int row = 0; row < 5; row++) {
                Oracle.assertSameBits("keys=" + keys, few.rows, row, more.rows, row, width);
            }
        }
    }

    private void check(int rowCount, int keyCount, int features) {
        GuardedRows attention = rows(rowCount, keyCount, 1);
        GuardedRows values = rows(keyCount, features, 2);
        GuardedRows context = rows(rowCount, features, 3);
        float[] attentionBefore = attention.snapshot();
        float[] valuesBefore = values.snapshot();
        kernels.rowContext(context.rows, attention.rows, values.rows);
        context.assertGuards();
        attention.assertUnchanged(attentionBefore);
        values.assertUnchanged(valuesBefore);
        Oracle.assertClose("rows=" + rowCount + ", keys=" + keyCount + ", width=" + context.rows.width(), context.rows,
                context.rows.width(), (i, c) -> mix(attention.rows, i, values.rows, c, false), keyCount + 4,
                (i, c) -> mix(attention.rows, i, values.rows, c, true));
    }

    private static double mix(Rows attention, int row, Rows values, int column, boolean magnitude) {
        double sum = 0;
        for (int key = 0; key < values.count(); key++) {
            double product = (double) attention.get(row, key) * values.get(key, column);
            sum += magnitude ? Math.abs(product) : product;
        }
        return sum;
    }

    private GuardedRows rows(int count, int features, long seed) {
        int width = RowLayout.of(1, features, kernels).paddedDim();
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, features);
    }
}
