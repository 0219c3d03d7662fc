package io.lanewise.kernels;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class MaskedSoftmaxContract {

    private static final float NAN = Float.NaN;

    private final Kernels kernels;

    MaskedSoftmaxContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldSumToOneOverAnyNumberOfKeys() {
        for (int keys = 1; keys <= 8 * kernels.lanes() + 1; keys++) {
            check(3, keys, false, 4);
            check(2, keys, true, 4);
        }
        check(5, 83, true, 30);
        check(1, 521, true, 100);
    }

    @Test
    void shouldStandScoresFarApart() {
        check(3, 19, true, 10_000);
        check(3, 19, false, 10_000);
    }

    @Test
    void shouldIgnoreWhatMaskedKeysHold() {
        for (float poison : new float[]{NAN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE}) {
            GuardedRows clean = scores(2, 11, 1);
            GuardedRows poisoned = scores(2, 11, 1);
            GuardedRows mask = mask(11);
            for (int key : new int[]{0, 4, 10}) {
                mask.rows.set(0, key, key == 4 ? -3f : 1f);
                poisoned.rows.set(0, key, poison);
                poisoned.rows.set(1, key, poison);
            }
            kernels.maskedSoftmax(clean.rows, 11, mask.rows, 0);
            kernels.maskedSoftmax(poisoned.rows, 11, mask.rows, 0);
            for (int row = 0; row < 2; row++) {
                Oracle.assertSameBits("poison=" + poison, clean.rows, row, poisoned.rows, row, clean.rows.width());
                assertEquals(0, poisoned.rows.get(row, 4));
            }
        }
    }

    @Test
    void shouldIgnoreCellsAndMaskBeyondTheKeys() {
        GuardedRows clean = scores(2, 11, 1);
        GuardedRows dirty = scores(2, 11, 1);
        GuardedRows cleanMask = mask(11);
        GuardedRows dirtyMask = mask(11);
        for (int cell = 11; cell < dirty.rows.width(); cell++) {
            dirty.rows.set(1, cell, NAN);
            dirtyMask.rows.set(0, cell, 1);
        }
        kernels.maskedSoftmax(clean.rows, 11, cleanMask.rows, 0);
        kernels.maskedSoftmax(dirty.rows, 11, dirtyMask.rows, 0);
        Oracle.assertSameBits("dirty", clean.rows, 1, dirty.rows, 1, clean.rows.width());
    }

    /** The weights of all parts, each times the part's share of the sum of exponentials, are those of the whole. */
    @Test
    void shouldTellWhatWeightAPartHas() {
        for (int keys : new int[]{1, kernels.lanes(), 5 * kernels.lanes() - 1}) {
            GuardedRows scores = scores(3, keys, 1);
            GuardedRows mask = mask(keys);
            mask.rows.set(0, keys / 2, keys > 1 ? 1 : 0);
            GuardedRows whole = scores(3, keys, 1);
            GuardedRows sums = new GuardedRows(3, kernels.lanes(), 2 * kernels.lanes());
            kernels.maskedSoftmax(whole.rows, keys, mask.rows, 0);
            double[][] expected = softmax(scores.rows, keys, mask.rows);
            float[] first = {scores.rows.get(0, 0), scores.rows.get(1, 0), scores.rows.get(2, 0)};
            kernels.partialSoftmax(scores.rows, keys, mask.rows, sums.rows);
            scores.assertGuards();
            sums.assertGuards();
            for (int row = 0; row < 3; row++) {
                double sum = Math.exp(first[row] - sums.rows.get(row, 0)) / expected[row][0];
                assertEquals(sum, sums.rows.get(row, 1), sum * 1e-5, "keys=" + keys);
                for (int cell = 0; cell < scores.rows.width(); cell++) {
                    assertEquals(whole.rows.get(row, cell), scores.rows.get(row, cell), 1e-6f);
                }
            }
        }
    }

    @Test
    void shouldTellThatAPartHasNoKeys() {
        GuardedRows scores = scores(2, 11, 1);
        GuardedRows mask = mask(11);
        for (int key = 0; key < 11; key++) {
            mask.rows.set(0, key, 1);
        }
        GuardedRows sums = new GuardedRows(2, kernels.lanes(), kernels.lanes());
        kernels.partialSoftmax(scores.rows, 11, mask.rows, sums.rows);
        for (int row = 0; row < 2; row++) {
            assertEquals(Float.NEGATIVE_INFINITY, sums.rows.get(row, 0));
            assertEquals(0, sums.rows.get(row, 1));
            for (int cell = 0; cell < scores.rows.width(); cell++) {
                assertEquals(0, scores.rows.get(row, cell));
            }
        }
    }

    @Test
    void shouldFillARowWithoutKeys() {
        for (float empty : new float[]{0, NAN}) {
            GuardedRows scores = scores(2, 11, 1);
            GuardedRows mask = mask(11);
            for (int key = 0; key < 11; key++) {
                mask.rows.set(0, key, 1);
            }
            kernels.maskedSoftmax(scores.rows, 11, mask.rows, empty);
            scores.assertGuards();
            for (int cell = 0; cell < scores.rows.width(); cell++) {
                assertEquals(cell < 11 ? empty : 0, scores.rows.get(1, cell));
            }
        }
    }

    /** As a window or a bias leaves them: some keys hidden in one row only, and all of them in another. */
    @Test
    void shouldHideKeysWhoseScoreIsMinusInfinity() {
        for (int keys : new int[]{1, 2, kernels.lanes(), kernels.lanes() + 3, 5 * kernels.lanes() - 1}) {
            for (boolean masked : new boolean[]{false, true}) {
                for (float empty : new float[]{0, NAN}) {
                    checkHidden(keys, masked, empty);
                }
            }
        }
    }

    private void checkHidden(int keys, boolean masked, float empty) {
        String what = "keys=" + keys + ", masked=" + masked + ", empty=" + empty;
        GuardedRows scores = hidden(keys);
        GuardedRows parts = hidden(keys);
        GuardedRows mask = mask(keys);
        mask.rows.set(0, keys - 1, masked && keys > 1 ? 1 : 0);
        GuardedRows sums = new GuardedRows(3, kernels.lanes(), 2 * kernels.lanes());
        double[][] expected = softmax(scores.rows, keys, mask.rows);
        kernels.maskedSoftmax(scores.rows, keys, mask.rows, empty);
        kernels.partialSoftmax(parts.rows, keys, mask.rows, sums.rows);
        scores.assertGuards();
        parts.assertGuards();
        for (int key = 0; key < scores.rows.width(); key++) {
            assertEquals(key < keys ? empty : 0, scores.rows.get(1, key), what + ", key=" + key);
            assertEquals(0, parts.rows.get(1, key), what + ", key=" + key);
            for (int row = 0; row < 3; row += 2) {
                assertEquals(key < keys ? expected[row][key] : 0, scores.rows.get(row, key), 1e-6, what);
                assertEquals(scores.rows.get(row, key), parts.rows.get(row, key), 1e-6f, what);
            }
        }
        assertEquals(Float.NEGATIVE_INFINITY, sums.rows.get(1, 0), what);
        assertEquals(0, sums.rows.get(1, 1), what);
        assertTrue(sums.rows.get(0, 1) >= 1, what);
    }

    /** Returns three rows: the first sees all but every third key, the second none, the third the first alone. */
    private GuardedRows hidden(int keys) {
        GuardedRows scores = scores(3, keys, 1);
        for (int key = 0; key < keys; key++) {
            scores.rows.set(1, key, Float.NEGATIVE_INFINITY);
            if (key % 3 == 1) {
                scores.rows.set(0, key, Float.NEGATIVE_INFINITY);
            }
            if (key > 0) {
                scores.rows.set(2, key, Float.NEGATIVE_INFINITY);
            }
        }
        return scores;
    }

    @Test
    void shouldSpreadNotANumberAmongHiddenKeys() {
        for (int keys : new int[]{2, 5 * kernels.lanes() - 1}) {
            GuardedRows scores = hidden(keys);
            scores.rows.set(1, keys / 2, NAN);
            kernels.maskedSoftmax(scores.rows, keys, null, 0);
            for (int key = 0; key < keys; key++) {
                assertTrue(Float.isNaN(scores.rows.get(1, key)), "keys=" + keys + ", key=" + key);
            }
        }
    }

    @Test
    void shouldSpreadNotANumberOverItsRowAlone() {
        for (float bad : new float[]{NAN, Float.intBitsToFloat(0x7fc12345), Float.POSITIVE_INFINITY}) {
            GuardedRows scores = scores(2, 11, 1);
            scores.rows.set(0, 7, bad);
            kernels.maskedSoftmax(scores.rows, 11, null, 0);
            for (int cell = 0; cell < scores.rows.width(); cell++) {
                assertEquals(cell < 11, Float.isNaN(scores.rows.get(0, cell)), "cell=" + cell);
                assertTrue(scores.rows.get(1, cell) >= 0);
            }
        }
    }

    @Test
    void shouldNotChangeABitForRowsAndTrailingMaskedKeys() {
        int keys = 13;
        GuardedRows alone = scores(1, keys, 1);
        kernels.maskedSoftmax(alone.rows, keys, null, 0);
        for (int more = keys; more <= 8 * kernels.lanes() + 1; more++) {
            GuardedRows batch = scores(4, more, 7);
            GuardedRows mask = mask(more);
            GuardedRows source = scores(1, keys, 1);
            for (int key = 0; key < more; key++) {
                mask.rows.set(0, key, key < keys ? 0 : 1);
                batch.rows.set(2, key, key < keys ? source.rows.get(0, key) : 5);
            }
            kernels.maskedSoftmax(batch.rows, more, mask.rows, 0);
            Oracle.assertSameBits("keys=" + more, alone.rows, 0, batch.rows, 2, keys);
        }
    }

    private void check(int rowCount, int keys, boolean masked, float range) {
        GuardedRows scores = scores(rowCount, keys, 1);
        GuardedRows mask = mask(keys);
        for (int key = 0; key < keys; key++) {
            for (int row = 0; row < rowCount; row++) {
                scores.rows.set(row, key, scores.rows.get(row, key) * range);
            }
            mask.rows.set(0, key, masked && key % 3 == 1 ? 1 : 0);
        }
        double[][] expected = softmax(scores.rows, keys, mask.rows);
        float[] maskBefore = mask.snapshot();
        kernels.maskedSoftmax(scores.rows, keys, masked ? mask.rows : null, 0);
        scores.assertGuards();
        mask.assertUnchanged(maskBefore);
        for (int cell = keys; cell < scores.rows.width(); cell++) {
            assertEquals(0, scores.rows.get(rowCount - 1, cell));
        }
        double shiftError = 2 * range;
        Oracle.assertClose("keys=" + keys + ", masked=" + masked + ", range=" + range, scores.rows, keys,
                (row, key) -> expected[row][key], keys + 8, (row, key) -> expected[row][key] * (1 + shiftError));
    }

    private static double[][] softmax(Rows scores, int keys, Rows mask) {
        double[][] weights = new double[scores.count()][keys];
        for (int row = 0; row < scores.count(); row++) {
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int key = 0; key < keys; key++) {
                max = mask.get(0, key) == 0 ? Math.max(max, scores.get(row, key)) : max;
            }
            for (int key = 0; key < keys; key++) {
                weights[row][key] = mask.get(0, key) == 0 ? Math.exp(scores.get(row, key) - max) : 0;
                sum += weights[row][key];
            }
            for (int key = 0; key < keys; key++) {
                weights[row][key] /= sum;
            }
        }
        return weights;
    }

    private GuardedRows scores(int count, int keys, long seed) {
        int width = RowLayout.of(1, keys, kernels).paddedDim() + kernels.lanes();
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
    }

    private GuardedRows mask(int keys) {
        int width = RowLayout.of(1, keys, kernels).paddedDim();
        return new GuardedRows(1, width, width);
    }
}
