package io.lanewise.kernels;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class FusedNormContract {

    private static final float EPS = 1e-5f;

    private final Kernels kernels;

    FusedNormContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldNormalizeAnyNumberOfFeatures() {
        for (int features = 1; features <= 2 * kernels.lanes() + 1; features++) {
            check(3, features, true, false, false, 0);
        }
        check(1, 521, false, false, false, 0);
    }

    @Test
    void shouldTakeResidualScaleAndShiftOrNot() {
        for (int options = 0; options < 8; options++) {
            check(2, 19, (options & 1) != 0, (options & 2) != 0, (options & 4) != 0, 0);
        }
    }

    @Test
    void shouldKeepDigitsFarFromZero() {
        check(2, 37, false, false, false, 1000);
    }

    @Test
    void shouldTurnEqualFeaturesIntoZeros() {
        GuardedRows rows = rows(1, 11, 0);
        for (int c = 0; c < 11; c++) {
            rows.rows.set(0, c, 2.5f);
        }
        kernels.fusedNorm(rows.rows, rows.rows, null, 11, EPS, null, null);
        for (int c = 0; c < rows.rows.width(); c++) {
            assertEquals(0, rows.rows.get(0, c));
        }
    }

    @Test
    void shouldWriteOverEitherSource() {
        GuardedRows rows = rows(3, 13, 1);
        GuardedRows residual = rows(3, 13, 2);
        GuardedRows result = rows(3, 13, 3);
        kernels.fusedNorm(result.rows, rows.rows, residual.rows, 13, EPS, null, null);
        GuardedRows left = rows(3, 13, 1);
        kernels.fusedNorm(left.rows, left.rows, residual.rows, 13, EPS, null, null);
        GuardedRows right = rows(3, 13, 2);
        kernels.fusedNorm(right.rows, rows.rows, right.rows, 13, EPS, null, null);
        for (int row = 0; row < 3; row++) {
            Oracle.assertSameBits("left", result.rows, row, left.rows, row, result.rows.width());
            Oracle.assertSameBits("right", result.rows, row, right.rows, row, result.rows.width());
        }
    }

    @Test
    void shouldGiveARowTheSameBitsAloneAndInABatch() {
        GuardedRows rows = rows(5, 29, 1);
        GuardedRows batch = rows(5, 29, 0);
        kernels.fusedNorm(batch.rows, rows.rows, null, 29, EPS, null, null);
        for (int row = 0; row < 5; row++) {
            GuardedRows alone = rows(1, 29, 0);
            kernels.fusedNorm(alone.rows, rows.rows.select(row, 1), null, 29, EPS, null, null);
            Oracle.assertSameBits("alone", batch.rows, row, alone.rows, 0, batch.rows.width());
        }
    }

    @Test
    void shouldKeepNotANumberInItsRow() {
        GuardedRows rows = rows(2, 9, 1);
        rows.rows.set(0, 4, Float.NaN);
        kernels.fusedNorm(rows.rows, rows.rows, null, 9, EPS, null, null);
        assertTrue(Float.isNaN(rows.rows.get(0, 0)));
        assertEquals(0, rows.rows.get(0, 9));
        assertTrue(Float.isFinite(rows.rows.get(1, 0)));
    }

    private void check(int count, int features, boolean withResidual, boolean withScale, boolean withShift,
            float offset) {
        GuardedRows rows = rows(count, features, 1);
        GuardedRows residual = rows(count, features, 2);
        GuardedRows scale = rows(1, features, 3);
        GuardedRows shift = rows(1, features, 4);
        GuardedRows result = new GuardedRows(count, rows.rows.width(), rows.rows.stride()).random(5, rows.rows.width());
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < features; c++) {
                rows.rows.set(row, c, rows.rows.get(row, c) + offset);
            }
        }
        float[] rowsBefore = rows.snapshot();
        float[] residualBefore = residual.snapshot();
        kernels.fusedNorm(result.rows, rows.rows, withResidual ? residual.rows : null, features, EPS,
                withScale ? scale.rows : null, withShift ? shift.rows : null);
        result.assertGuards();
        rows.assertUnchanged(rowsBefore);
        residual.assertUnchanged(residualBefore);
        double[][] expected = norm(rows.rows, withResidual ? residual.rows : null, features,
                withScale ? scale.rows : null,
                withShift ? shift.rows : null);
        String what = "features=" + features + ", residual=" + withResidual + ", scale=" + withScale + ", shift="
                + withShift + ", offset=" + offset;
        Oracle.assertClose(what, result.rows, features, (row, c) -> expected[row][c], features + 16,
                (row, c) -> (1 + offset) * (4 + Math.abs(expected[row][c])) * (features < 3 ? 20 : 1));
        for (int c = features; c < result.rows.width(); c++) {
            assertEquals(0, result.rows.get(count - 1, c), what + ", column=" + c);
        }
    }

    private static double[][] norm(Rows rows, Rows residual, int features, Rows scale, Rows shift) {
        double[][] result = new double[rows.count()][features];
        for (int row = 0; row < rows.count(); row++) {
            double mean = 0;
            for (int c = 0; c < features; c++) {
                result[row][c] = rows.get(row, c) + (residual == null ? 0.0 : residual.get(row, c));
                mean += result[row][c] / features;
            }
            double variance = 0;
            for (int c = 0; c < features; c++) {
                variance += Math.pow(result[row][c] - mean, 2) / features;
            }
            for (int c = 0; c < features; c++) {
                result[row][c] = (result[row][c] - mean) / Math.sqrt(variance + EPS);
                result[row][c] *= scale == null ? 1 : scale.get(0, c);
                result[row][c] += shift == null ? 0 : shift.get(0, c);
            }
        }
        return result;
    }

    private GuardedRows rows(int count, int features, long seed) {
        int width = RowLayout.of(1, features, kernels).paddedDim() + kernels.lanes();
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, features);
    }
}
