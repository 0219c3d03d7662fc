package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

abstract class RowArithmeticContract {

    private final Kernels kernels;

    RowArithmeticContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldAdd() {
        for (int vectors = 1; vectors <= 3; vectors++) {
            GuardedRows left = rows(3, vectors, 1);
            GuardedRows right = rows(3, vectors, 2);
            GuardedRows sum = rows(3, vectors, 3);
            kernels.add(sum.rows, left.rows, right.rows);
            sum.assertGuards();
            for (int row = 0; row < 3; row++) {
                for (int c = 0; c < sum.rows.width(); c++) {
                    assertEquals(left.rows.get(row, c) + right.rows.get(row, c), sum.rows.get(row, c));
                }
            }
        }
    }

    @Test
    void shouldAddInPlace() {
        GuardedRows left = rows(3, 2, 1);
        GuardedRows right = rows(3, 2, 2);
        float expected = left.rows.get(2, 3) + right.rows.get(2, 3);
        kernels.add(right.rows, left.rows, right.rows);
        kernels.add(left.rows, left.rows, rows(3, 2, 2).rows);
        assertEquals(expected, left.rows.get(2, 3));
        assertEquals(expected, right.rows.get(2, 3));
    }

    @Test
    void shouldMixRows() {
        for (int vectors = 1; vectors <= 3; vectors++) {
            GuardedRows result = rows(3, vectors, 1);
            GuardedRows before = rows(3, vectors, 1);
            GuardedRows other = rows(3, vectors, 2);
            GuardedRows weights = rows(3, 1, 3);
            kernels.mix(result.rows, other.rows, weights.rows);
            result.assertGuards();
            for (int row = 0; row < 3; row++) {
                for (int c = 0; c < result.rows.width(); c++) {
                    double own = (double) weights.rows.get(row, 0) * before.rows.get(row, c);
                    double others = (double) weights.rows.get(row, 1) * other.rows.get(row, c);
                    assertEquals(own + others, result.rows.get(row, c),
                            Math.ulp((float) (Math.abs(own) + Math.abs(others))));
                }
            }
        }
    }

    @Test
    void shouldActivate() {
        for (Activation activation : Activation.values()) {
            GuardedRows rows = rows(3, 3, 1);
            rows.rows.set(1, 2, Float.NaN);
            GuardedRows result = rows(3, 3, 2);
            kernels.activate(result.rows, rows.rows, activation);
            kernels.activate(rows.rows, rows.rows, activation);
            result.assertGuards();
            GuardedRows before = rows(3, 3, 1);
            before.rows.set(1, 2, Float.NaN);
            for (int row = 0; row < 3; row++) {
                for (int c = 0; c < rows.rows.width(); c++) {
                    float x = before.rows.get(row, c);
                    float expected = (float) activation.apply(x);
                    assertEquals(expected, result.rows.get(row, c),
                            Float.isNaN(x) ? 1 : 3 * Math.ulp(expected));
                    assertEquals(result.rows.get(row, c), rows.rows.get(row, c));
                }
            }
        }
    }

    @Test
    void shouldTransposeAnyNumberOfRowsAndColumns() {
        int most = 2 * kernels.lanes();
        for (int rowCount = 1; rowCount <= most; rowCount += 3) {
            for (int columns = 1; columns <= most; columns += 3) {
                GuardedRows rows = rows(rowCount, 2, 1);
                GuardedRows result = new GuardedRows(most, most, most + kernels.lanes());
                kernels.transpose(result.rows.select(0, columns), rows.rows);
                result.assertGuards();
                for (int row = 0; row < rowCount; row++) {
                    for (int c = 0; c < columns; c++) {
                        assertEquals(rows.rows.get(row, c), result.rows.get(c, row));
                    }
                }
            }
        }
    }

    private GuardedRows rows(int count, int vectors, long seed) {
        int width = vectors * kernels.lanes();
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
    }
}
