package io.lanewise.kernels;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

abstract class RowScoresContract {

    private static final float SCALE = 0.3f;

    private final Kernels kernels;
    private final GuardedRows scratch;

    RowScoresContract(Kernels kernels) {
        this.kernels = kernels;
        scratch = new GuardedRows(1, kernels.scoreScratch(), kernels.scoreScratch());
    }

    @Test
    void shouldMultiplyAnyNumberOfQueriesAndKeys() {
        for (int queries = 1; queries <= 7; queries++) {
            for (int keys = 1; keys <= 9; keys++) {
                check(queries, keys, 11);
            }
        }
        check(17, 13, 3);
        check(7, 150, 64);
    }

    @Test
    void shouldMultiplyAnyDepth() {
        for (int depth : new int[]{1, 7, 8, 9, 16, 61, 64, 128, 129, 257}) {
            check(4, 5, depth);
        }
    }

    @Test
    void shouldGiveAScoreTheSameBitsWhateverStandsBesideIt() {
        checkBits(67);
        checkBits(131);
    }

    @Test
    void shouldNotReadWhatScratchHeldBefore() {
        GuardedRows queries = rows(5, 61, 1);
        GuardedRows keys = rows(9, 61, 2);
        GuardedRows clean = scores(5, 9);
        GuardedRows dirty = scores(5, 9);
        kernels.rowScores(clean.rows, queries.rows, keys.rows, SCALE, scratch.rows);
        for (int i = 0; i < scratch.rows.width(); i++) {
            scratch.rows.set(0, i, Float.NaN);
        }
        kernels.rowScores(dirty.rows, queries.rows, keys.rows, SCALE, scratch.rows);
        for (int query = 0; query < 5; query++) {
            Oracle.assertSameBits("query=" + query, clean.rows, query, dirty.rows, query, 9);
        }
    }

    private void checkBits(int depth) {
        GuardedRows queries = rows(11, depth, 1);
        GuardedRows keys = rows(13, depth, 2);
        GuardedRows all = scores(11, 13);
        kernels.rowScores(all.rows, queries.rows, keys.rows, SCALE, scratch.rows);
        for (int first = 0; first < 11; first++) {
            for (int keyCount : new int[]{1, 2, 3, 4, 5, 12}) {
                GuardedRows some = scores(1, keyCount);
                kernels.rowScores(some.rows, queries.rows.select(first, 1), keys.rows.select(0, keyCount), SCALE,
                        scratch.rows);
                Oracle.assertSameBits("keys=" + keyCount, all.rows, first, some.rows, 0, keyCount);
            }
        }
    }

    private void check(int queryCount, int keyCount, int depth) {
        GuardedRows queries = rows(queryCount, depth, 1);
        GuardedRows keys = rows(keyCount, depth, 2);
        GuardedRows scores = scores(queryCount, keyCount);
        float[] queriesBefore = queries.snapshot();
        float[] keysBefore = keys.snapshot();
        kernels.rowScores(scores.rows, queries.rows, keys.rows, SCALE, scratch.rows);
        scores.assertGuards();
        scratch.assertGuards();
        queries.assertUnchanged(queriesBefore);
        keys.assertUnchanged(keysBefore);
        Oracle.assertClose("queries=" + queryCount + ", keys=" + keyCount + ", depth=" + depth, scores.rows, keyCount,
                (i, j) -> dot(queries.rows, i, keys.rows, j, depth, false), depth + 4,
                (i, j) -> dot(queries.rows, i, keys.rows, j, depth, true));
    }

    private static double dot(Rows queries, int query, Rows keys, int key, int depth, boolean magnitude) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
            double product = (double) queries.get(query, k) * keys.get(key, k);
            sum += magnitude ? Math.abs(product) : product;
        }
        return SCALE * sum;
    }

    private GuardedRows rows(int count, int depth, long seed) {
        int width = RowLayout.of(1, depth, kernels).paddedDim();
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, depth);
    }

    private GuardedRows scores(int queries, int keys) {
        int width = RowLayout.of(1, keys, kernels).paddedDim();
        return new GuardedRows(queries, width, width + kernels.lanes());
    }
}
