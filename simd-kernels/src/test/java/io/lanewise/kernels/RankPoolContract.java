package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class RankPoolContract {

    private final Kernels kernels;

    RankPoolContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldPoolAnyNumberOfFeaturesAndRanks() {
        for (int features = 1; features <= 2 * kernels.lanes() + 1; features++) {
            check(3, features, 1 + features % 4);
        }
        check(2, 80, 15);
    }

    @Test
    void shouldTurnZerosIntoZeros() {
        GuardedRows zeros = new GuardedRows(1, 40, 40);
        GuardedRows result = new GuardedRows(1, 2 * kernels.lanes(), 2 * kernels.lanes()).random(1, 1);
        kernels.rankPool(result.rows, zeros.rows, zeros.rows, 10, 4);
        assertTrue(result.rows.areZero());
    }

    @Test
    void shouldKeepNotANumberInItsRow() {
        GuardedRows left = rows(2, 20, 1);
        GuardedRows right = rows(2, 20, 2);
        left.rows.set(0, 4, Float.NaN);
        GuardedRows result = new GuardedRows(2, 2 * kernels.lanes(), 3 * kernels.lanes());
        kernels.rankPool(result.rows, left.rows, right.rows, 5, 4);
        assertTrue(Float.isNaN(result.rows.get(0, 0)));
        assertEquals(0, result.rows.get(0, 5));
        assertTrue(Float.isFinite(result.rows.get(1, 0)));
    }

    /** Squares are summed: a root of few digits is a sum of many, and so the tolerance is of the sum. */
    private void check(int count, int features, int rank) {
        GuardedRows left = rows(count, features * rank, 1);
        GuardedRows right = rows(count, features * rank, 2);
        int width = Math.ceilDiv(features, kernels.lanes()) * kernels.lanes() + kernels.lanes();
        GuardedRows result = new GuardedRows(count, width, width + kernels.lanes()).random(3, width);
        float[] before = left.snapshot();
        kernels.rankPool(result.rows, left.rows, right.rows, features, rank);
        result.assertGuards();
        left.assertUnchanged(before);
        String what = "features=" + features + ", rank=" + rank;
        for (int row = 0; row < count; row++) {
            double length = length(left, right, row, features, rank);
            for (int c = 0; c < features; c++) {
                double z = result.rows.get(row, c) * length;
                double sum = sum(left, right, row, c, features, rank);
                assertEquals(sum, Math.signum(z) * z * z, (rank + 6) * 1e-7 * rank + 1e-6 * Math.abs(sum), what);
            }
            for (int c = features; c < width; c++) {
                assertEquals(0, result.rows.get(row, c), what + ", column=" + c);
            }
        }
    }

    private static double length(GuardedRows left, GuardedRows right, int row, int features, int rank) {
        double squares = 0;
        for (int c = 0; c < features; c++) {
            squares += Math.abs(sum(left, right, row, c, features, rank));
        }
        return Math.sqrt(squares);
    }

    private static double sum(GuardedRows left, GuardedRows right, int row, int column, int features, int rank) {
        double sum = 0;
        for (int r = 0; r < rank; r++) {
            sum += (double) left.rows.get(row, r * features + column) * right.rows.get(row, r * features + column);
        }
        return sum;
    }

    private GuardedRows rows(int count, int width, long seed) {
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
    }
}
