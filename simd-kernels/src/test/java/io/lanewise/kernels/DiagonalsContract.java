package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

abstract class DiagonalsContract {

    private static final int QUERIES = 5;

    private final Kernels kernels;

    DiagonalsContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldAddWhatStandsForADistance() {
        for (int keys = 1; keys <= 2 * kernels.lanes() + 1; keys++) {
            for (int first : new int[]{QUERIES - 1, QUERIES + 6}) {
                GuardedRows scores = scores(keys, 1);
                GuardedRows before = scores(keys, 1);
                int width = first + scores.rows.width();
                GuardedRows diagonals = new GuardedRows(1, width, width).random(2, width);
                diagonals.rows.set(0, first, Float.NEGATIVE_INFINITY);
                float[] snapshot = diagonals.snapshot();
                kernels.addDiagonals(scores.rows, keys, diagonals.rows, first);
                scores.assertGuards();
                diagonals.assertUnchanged(snapshot);
                for (int row = 0; row < QUERIES; row++) {
                    for (int key = 0; key < keys; key++) {
                        assertEquals(before.rows.get(row, key) + diagonals.rows.get(0, first - row + key),
                                scores.rows.get(row, key), "keys=" + keys + ", row=" + row + ", key=" + key);
                    }
                }
            }
        }
    }

    @Test
    void shouldHideWhatLiesOutsideAWindow() {
        int most = Integer.MAX_VALUE;
        int[][] windows = {{0, 0}, {2, 1}, {0, most}, {most, 0}, {most, most}, {7, 7}, {-1, 3}};
        for (int keys : new int[]{1, kernels.lanes(), 2 * kernels.lanes() + 3}) {
            for (int firstQuery : new int[]{0, 3, -4, -60, 60, Integer.MIN_VALUE, most}) {
                for (int[] window : windows) {
                    checkWindow(keys, firstQuery, window[0], window[1]);
                }
            }
        }
    }

    private void checkWindow(int keys, int firstQuery, int before, int after) {
        GuardedRows scores = scores(keys, 1);
        GuardedRows old = scores(keys, 1);
        kernels.maskDiagonals(scores.rows, keys, firstQuery, before, after);
        scores.assertGuards();
        for (int row = 0; row < QUERIES; row++) {
            long query = (long) firstQuery + row;
            for (int cell = 0; cell < scores.rows.width(); cell++) {
                boolean seen = cell >= keys || cell >= query - before && cell <= query + after;
                assertEquals(seen ? old.rows.get(row, cell) : Float.NEGATIVE_INFINITY, scores.rows.get(row, cell),
                        "keys=" + keys
                                + ", query=" + query + ", before=" + before + ", after=" + after + ", cell=" + cell);
            }
        }
    }

    private GuardedRows scores(int keys, long seed) {
        int width = RowLayout.of(1, keys, kernels).paddedDim();
        return new GuardedRows(QUERIES, width, width + kernels.lanes()).random(seed, width);
    }
}
