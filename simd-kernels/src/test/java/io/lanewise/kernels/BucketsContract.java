package io.lanewise.kernels;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

abstract class BucketsContract {

    private static final int QUERIES = 5;
    private static final int BUCKETS = 21;

    private final Kernels kernels;

    BucketsContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldAddWhatStandsInADistancesBucket() {
        for (int keys : new int[]{1, 2, kernels.lanes(), 2 * kernels.lanes() + 1}) {
            for (int first : new int[]{keys - 1, keys + 4}) {
                check(keys, first, true, true);
                check(keys, first, true, false);
                check(keys, first, false, true);
            }
        }
    }

    private void check(int keys, int first, boolean withQueries, boolean withKeys) {
        int width = RowLayout.of(1, keys, kernels).paddedDim();
        GuardedRows scores = rows(QUERIES, width, 1);
        GuardedRows before = rows(QUERIES, width, 1);
        GuardedRows ofQueries = rows(QUERIES, BUCKETS, 2);
        GuardedRows ofKeys = rows(keys, BUCKETS, 3);
        int[] columns = new Random(4).ints(first + QUERIES, 0, BUCKETS).toArray();
        float[] queriesBefore = ofQueries.snapshot();
        float[] keysBefore = ofKeys.snapshot();
        kernels.addBuckets(scores.rows, keys, withQueries ? ofQueries.rows : null, withKeys ? ofKeys.rows : null,
                columns,
                first);
        scores.assertGuards();
        ofQueries.assertUnchanged(queriesBefore);
        ofKeys.assertUnchanged(keysBefore);
        for (int row = 0; row < QUERIES; row++) {
            for (int cell = 0; cell < width; cell++) {
                float expected = before.rows.get(row, cell);
                if (cell < keys) {
                    int column = columns[first + row - cell];
                    expected += (withQueries ? ofQueries.rows.get(row, column) : 0)
                            + (withKeys ? ofKeys.rows.get(cell, column) : 0);
                }
                assertEquals(expected, scores.rows.get(row, cell), "keys=" + keys + ", first=" + first + ", queries="
                        + withQueries + ", of keys=" + withKeys + ", row=" + row + ", cell=" + cell);
            }
        }
    }

    private GuardedRows rows(int count, int width, long seed) {
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
    }
}
