package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

abstract class RotationContract {

    private final Kernels kernels;

    RotationContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldTurnAnyNumberOfPairs() {
        for (int half = 1; half <= 2 * kernels.lanes() + 1; half++) {
            check(3, half);
        }
        check(2, 64);
    }

    @Test
    void shouldWriteOverItsSource() {
        int half = kernels.lanes() + 3;
        GuardedRows rows = rows(3, half, 1);
        GuardedRows table = rows(3, half, 2);
        GuardedRows result = rows(3, half, 1);
        kernels.rotate(result.rows, rows.rows, half, table.rows);
        kernels.rotate(rows.rows, rows.rows, half, table.rows);
        for (int row = 0; row < 3; row++) {
            Oracle.assertSameBits("in place", result.rows, row, rows.rows, row, result.rows.width());
        }
    }

    /** Rows of a head lie among those of others: what stands beyond its features is not its own. */
    private void check(int count, int half) {
        GuardedRows rows = rows(count, half, 1);
        GuardedRows table = rows(count, half, 2);
        GuardedRows result = rows(count, half, 3);
        GuardedRows before = rows(count, half, 3);
        float[] rowsBefore = rows.snapshot();
        float[] tableBefore = table.snapshot();
        kernels.rotate(result.rows, rows.rows, half, table.rows);
        result.assertGuards();
        rows.assertUnchanged(rowsBefore);
        table.assertUnchanged(tableBefore);
        Oracle.assertClose("half=" + half, result.rows, 2 * half, (row, c) -> {
            int i = c % half;
            double cos = table.rows.get(row, i);
            double sin = table.rows.get(row, i + half);
            double x = rows.rows.get(row, i);
            double y = rows.rows.get(row, i + half);
            return c < half ? x * cos - y * sin : y * cos + x * sin;
        }, 3, (_, _) -> 2);
        for (int row = 0; row < count; row++) {
            for (int c = 2 * half; c < result.rows.width(); c++) {
                assertEquals(before.rows.get(row, c), result.rows.get(row, c), "half=" + half + ", column=" + c);
            }
        }
    }

    private GuardedRows rows(int count, int half, long seed) {
        int width = RowLayout.of(1, 2 * half, kernels).paddedDim();
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
    }
}
