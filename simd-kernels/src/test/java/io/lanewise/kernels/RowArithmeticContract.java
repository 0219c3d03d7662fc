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
    void shouldGate() {
        for (Activation activation : Activation.values()) {
            GuardedRows gate = rows(3, 3, 1);
            GuardedRows up = rows(3, 3, 2);
            GuardedRows result = rows(3, 3, 3);
            GuardedRows active = rows(3, 3, 4);
            float[] gateBefore = gate.snapshot();
            float[] upBefore = up.snapshot();
            kernels.activate(active.rows, gate.rows, activation);
            kernels.gate(result.rows, gate.rows, up.rows, activation);
            result.assertGuards();
            gate.assertUnchanged(gateBefore);
            up.assertUnchanged(upBefore);
            for (int row = 0; row < 3; row++) {
                for (int c = 0; c < result.rows.width(); c++) {
                    assertEquals(active.rows.get(row, c) * up.rows.get(row, c), result.rows.get(row, c),
                            activation.name());
                }
            }
            GuardedRows inUp = rows(3, 3, 2);
            kernels.gate(inUp.rows, gate.rows, inUp.rows, activation);
            kernels.gate(gate.rows, gate.rows, up.rows, activation);
            for (int row = 0; row < 3; row++) {
                Oracle.assertSameBits("gate", result.rows, row, gate.rows, row, gate.rows.width());
                Oracle.assertSameBits("up", result.rows, row, inUp.rows, row, gate.rows.width());
            }
        }
    }

    @Test
    void shouldTakeTheGreater() {
        GuardedRows left = rows(3, 2, 1);
        GuardedRows right = rows(3, 2, 2);
        left.rows.set(0, 1, Float.NaN);
        right.rows.set(1, 2, Float.NaN);
        left.rows.set(2, 3, Float.NEGATIVE_INFINITY);
        GuardedRows result = rows(3, 2, 3);
        kernels.max(result.rows, left.rows, right.rows);
        result.assertGuards();
        for (int row = 0; row < 3; row++) {
            for (int c = 0; c < result.rows.width(); c++) {
                assertEquals(Math.max(left.rows.get(row, c), right.rows.get(row, c)), result.rows.get(row, c));
            }
        }
        kernels.max(right.rows, left.rows, right.rows);
        kernels.max(left.rows, left.rows, right.rows);
        for (int row = 0; row < 3; row++) {
            Oracle.assertSameBits("right", result.rows, row, right.rows, row, result.rows.width());
            Oracle.assertSameBits("left", result.rows, row, left.rows, row, result.rows.width());
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
