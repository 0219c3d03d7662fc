package io.lanewise.kernels;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class RmsNormContract {

    private static final float EPS = 1e-5f;

    private final Kernels kernels;

    RmsNormContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldNormalizeAnyNumberOfFeatures() {
        for (int features = 1; features <= 2 * kernels.lanes() + 1; features++) {
            check(3, features, features % 2 == 0);
        }
        check(1, 521, true);
    }

    @Test
    void shouldTurnZerosIntoZeros() {
        GuardedRows rows = rows(2, 11, 0);
        rows.rows.clear();
        kernels.rmsNorm(rows.rows, rows.rows, 11, EPS, null);
        assertTrue(rows.rows.areZero());
    }

    @Test
    void shouldWriteOverItsSource() {
        GuardedRows rows = rows(3, 13, 1);
        GuardedRows scale = rows(1, 13, 2);
        GuardedRows result = rows(3, 13, 3);
        kernels.rmsNorm(result.rows, rows.rows, 13, EPS, scale.rows);
        kernels.rmsNorm(rows.rows, rows.rows, 13, EPS, scale.rows);
        for (int row = 0; row < 3; row++) {
            Oracle.assertSameBits("in place", result.rows, row, rows.rows, row, result.rows.width());
        }
    }

    @Test
    void shouldGiveARowTheSameBitsAloneAndInABatch() {
        GuardedRows rows = rows(5, 29, 1);
        GuardedRows batch = rows(5, 29, 0);
        kernels.rmsNorm(batch.rows, rows.rows, 29, EPS, null);
        for (int row = 0; row < 5; row++) {
            GuardedRows alone = rows(1, 29, 0);
            kernels.rmsNorm(alone.rows, rows.rows.select(row, 1), 29, EPS, null);
            Oracle.assertSameBits("alone", batch.rows, row, alone.rows, 0, batch.rows.width());
        }
    }

    @Test
    void shouldKeepNotANumberInItsRow() {
        GuardedRows rows = rows(2, 9, 1);
        rows.rows.set(0, 4, Float.NaN);
        kernels.rmsNorm(rows.rows, rows.rows, 9, EPS, null);
        assertTrue(Float.isNaN(rows.rows.get(0, 0)));
        assertEquals(0, rows.rows.get(0, 9));
        assertTrue(Float.isFinite(rows.rows.get(1, 0)));
    }

    private void check(int count, int features, boolean withScale) {
        GuardedRows rows = rows(count, features, 1);
        GuardedRows scale = rows(1, features, 2);
        GuardedRows result = new GuardedRows(count, rows.rows.width(), rows.rows.stride()).random(3, rows.rows.width());
        float[] before = rows.snapshot();
        kernels.rmsNorm(result.rows, rows.rows, features, EPS, withScale ? scale.rows : null);
        result.assertGuards();
        rows.assertUnchanged(before);
        String what = "features=" + features + ", scale=" + withScale;
        Oracle.assertClose(what, result.rows, features,
                (row, c) -> normalized(rows.rows, row, c, features) * (withScale ? scale.rows.get(0, c) : 1),
                features + 8,
                (row, c) -> Math.abs(normalized(rows.rows, row, c, features)));
        for (int c = features; c < result.rows.width(); c++) {
            assertEquals(0, result.rows.get(count - 1, c), what + ", column=" + c);
        }
    }

    private static double normalized(Rows rows, int row, int column, int features) {
        double squares = 0;
        for (int c = 0; c < features; c++) {
            squares += (double) rows.get(row, c) * rows.get(row, c);
        }
        return rows.get(row, column) / Math.sqrt(squares / features + EPS);
    }

    private GuardedRows rows(int count, int features, long seed) {
        int width = RowLayout.of(1, features, kernels).paddedDim() + kernels.lanes();
        GuardedRows rows = new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
        for (int row = 0; row < count; row++) {
            for (int c = features; c < width; c++) {
                rows.rows.set(row, c, 0);
            }
        }
        return rows;
    }
}
