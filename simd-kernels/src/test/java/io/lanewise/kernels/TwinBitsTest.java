package io.lanewise.kernels;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A twin has every bit of its SIMD kernel, at the width of this JVM: random shapes, numbers of all magnitudes and, in every fourth
 * trial, a few that are no ordinary ones. A NaN may be any.
 */
@DisabledIfSystemProperty(named = KernelChoice.BITS_PROPERTY, matches = "0")
class TwinBitsTest {

    private static final int TRIALS = KernelsUnderTest.isEmulated() ? 40 : 100;
    private static final float[] SPECIAL = {0f, -0f, Float.MIN_VALUE, -1e-40f, 3e38f, -3e38f, Float.NaN,
            Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 88.8f, -87.4f};

    private final Kernels simd = new SimdKernels();
    private final Kernels twin = new ScalarKernels("a test", simd.lanes());
    private final int lanes = simd.lanes();

    @Test
    void shouldMultiplyPackedWeights() {
        compare((kernels, trial) -> {
            int depth = 1 + trial.up(trial.coin() ? 64 : 1300);
            RowLayout input = RowLayout.of(1, depth, simd);
            RowLayout output = RowLayout.of(1, 1 + trial.up(6 * simd.panel()), simd);
            float[] bias = trial.coin() ? trial.numbers(output.features()) : null;
            Storage storage = Storage.values()[trial.up(Storage.values().length)];
            PackedWeight weight = PackedWeight.pack(trial.numbers(output.features() * depth), bias, output, input,
                    simd.panel(), Arena.ofAuto().allocate(PackedWeight.bytes(output, input, storage), 64), 0, storage,
                    trial.coin());
            int count = 1 + trial.up(26);
            Rows rows = trial.rows(count, depth, input.width());
            Rows result = trial.result(count, output.width());
            kernels.packedMatMul(result, rows, weight, trial.coin(), trial.activation());
        });
    }

    @Test
    void shouldScoreRows() {
        compare((kernels, trial) -> {
            int depth = 1 + trial.up(trial.coin() ? SumOrder.CHAINED_DEPTH : 1300);
            Rows queries = trial.rows(1 + trial.up(14), depth, trial.roundUp(depth));
            Rows keys = trial.rows(1 + trial.up(80), depth, queries.width());
            Rows scores = trial.result(queries.count(), trial.roundUp(keys.count()));
            Rows scratch = trial.scratch(simd.scoreScratch());
            kernels.rowScores(scores, queries, keys, trial.number(), scratch);
            trial.forget(keys.count(), scores.width());
        });
    }

    @Test
    void shouldTranspose() {
        compare((kernels, trial) -> {
            int count = 1 + trial.up(40);
            int columns = 1 + trial.up(40);
            Rows rows = trial.rows(trial.roundUp(count), columns, trial.roundUp(columns));
            Rows result = trial.result(trial.roundUp(columns), trial.roundUp(count));
            kernels.transpose(result.select(0, columns), rows.select(0, count));
            trial.forget(count, result.width());
            trial.forgetRows(columns);
        });
    }

    @Test
    void shouldMakeSoftmax() {
        compare((kernels, trial) -> {
            int keys = 1 + trial.up(trial.coin() ? 2 * lanes : 1500);
            int width = trial.roundUp(keys) + trial.up(2) * lanes;
            Rows mask = trial.coin() ? trial.mask(keys) : null;
            Rows scores = trial.result(1 + trial.up(11), width);
            kernels.maskedSoftmax(scores, keys, mask, trial.coin() ? 0 : Float.NaN);
        });
    }

    @Test
    void shouldMakePartialSoftmax() {
        compare((kernels, trial) -> {
            int keys = 1 + trial.up(trial.coin() ? 2 * lanes : 1500);
            Rows mask = trial.coin() ? trial.mask(keys) : null;
            Rows scores = trial.rows(1 + trial.up(11), keys, trial.roundUp(keys));
            Rows sums = trial.result(scores.count(), 2);
            kernels.partialSoftmax(scores, keys, mask, sums);
            trial.alsoCompare(scores);
        });
    }

    @Test
    void shouldMixContexts() {
        compare((kernels, trial) -> {
            int keys = 1 + trial.up(trial.coin() ? 40 : 1200);
            Rows attention = trial.rows(1 + trial.up(14), keys, trial.roundUp(keys));
            Rows values = trial.rows(keys, lanes * (1 + trial.up(9)), 0);
            Rows context = trial.result(attention.count(), values.width());
            kernels.rowContext(context, attention, values);
        });
    }

    @Test
    void shouldNormalize() {
        compare((kernels, trial) -> {
            int features = 1 + trial.up(trial.coin() ? 5 * lanes : 2500);
            int width = trial.roundUp(features) + trial.up(2) * lanes;
            Rows rows = trial.rows(1 + trial.up(9), features, width);
            Rows residual = trial.coin() ? trial.rows(rows.count(), features, width) : null;
            Rows scale = trial.coin() ? trial.rows(1, features, width) : null;
            Rows shift = trial.coin() ? trial.rows(1, features, width) : null;
            Rows result = trial.result(rows.count(), width);
            kernels.fusedNorm(result, rows, residual, features, 1e-5f, scale, shift);
        });
    }

    @Test
    void shouldNormalizeByMeanSquares() {
        compare((kernels, trial) -> {
            int features = 1 + trial.up(trial.coin() ? 5 * lanes : 2500);
            Rows rows = trial.rows(1 + trial.up(9), features, trial.roundUp(features));
            Rows scale = trial.coin() ? trial.rows(1, features, rows.width()) : null;
            Rows result = trial.result(rows.count(), rows.width());
            kernels.rmsNorm(result, rows, features, 1e-6f, scale);
        });
    }

    @Test
    void shouldCombineElements() {
        compare((kernels, trial) -> {
            Rows left = trial.rows(1 + trial.up(5), lanes * (1 + trial.up(100)), 0);
            Rows right = trial.rows(left.count(), left.width(), 0);
            Rows weights = trial.rows(left.count(), 2, lanes);
            Rows result = trial.result(left.count(), left.width());
            switch (trial.up(3)) {
                case 0 -> kernels.add(result, left, right);
                case 1 -> kernels.max(result, left, right);
                default -> kernels.mix(result, left, weights);
            }
        });
    }

    @Test
    void shouldActivate() {
        for (Activation activation : Activation.values()) {
            compare((kernels, trial) -> {
                Rows rows = trial.rows(2, lanes * (1 + trial.up(80)), 0);
                Rows up = trial.rows(2, rows.width(), 0);
                Rows result = trial.result(2, rows.width());
                if (trial.coin()) {
                    kernels.activate(result, rows, activation);
                } else {
                    kernels.gate(result, rows, up, activation);
                }
            });
        }
    }

    @Test
    void shouldRotate() {
        compare((kernels, trial) -> {
            int half = 1 + trial.up(70);
            Rows rows = trial.rows(1 + trial.up(6), 2 * half, trial.roundUp(2 * half));
            Rows table = trial.rows(rows.count(), 2 * half, rows.width());
            Rows result = trial.result(rows.count(), rows.width());
            kernels.rotate(result, rows, half, table);
        });
    }

    @Test
    void shouldAddAndMaskDiagonals() {
        compare((kernels, trial) -> {
            int keys = 1 + trial.up(90);
            Rows scores = trial.result(1 + trial.up(9), trial.roundUp(keys));
            int first = scores.count() - 1 + trial.up(5);
            Rows diagonals = trial.rows(1, first + scores.width(), trial.roundUp(first + scores.width()));
            if (trial.coin()) {
                kernels.addDiagonals(scores, keys, diagonals, first);
                trial.forget(keys, scores.width());
            }
            kernels.maskDiagonals(scores, keys, trial.up(30) - 10, trial.coin() ? Integer.MAX_VALUE : trial.up(9),
                    trial.up(9));
        });
    }

    @Test
    void shouldAddBuckets() {
        compare((kernels, trial) -> {
            int keys = 1 + trial.up(90);
            Rows scores = trial.result(1 + trial.up(9), trial.roundUp(keys));
            int[] columns = new int[keys + scores.count()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = trial.up(12);
            }
            int which = trial.up(3);
            Rows ofQueries = which == 1 ? null : trial.rows(scores.count(), 12, 16);
            Rows ofKeys = which == 2 ? null : trial.rows(keys, 12, 16);
            kernels.addBuckets(scores, keys, ofQueries, ofKeys, columns, keys - 1);
        });
    }

    @Test
    void shouldAdvanceRecurrences() {
        compare((kernels, trial) -> {
            int gate = lanes * (1 + trial.up(12));
            Rows products = trial.rows(1 + trial.up(5), 4 * gate, 0);
            Rows gates = trial.rows(products.count(), 4 * gate, 0);
            Rows memory = trial.rows(products.count(), gate, 0);
            Rows state = trial.result(products.count(), gate);
            if (trial.coin()) {
                kernels.gruCell(state, products, gates, gate);
            } else {
                kernels.lstmCell(state, memory, products, gates, gate);
                trial.alsoCompare(memory);
            }
        });
    }

    @Test
    void shouldPoolRanks() {
        compare((kernels, trial) -> {
            int features = 1 + trial.up(trial.coin() ? 3 * lanes : 1500);
            int rank = 1 + trial.up(5);
            Rows left = trial.rows(1 + trial.up(4), rank * features, 0);
            Rows right = trial.rows(left.count(), rank * features, 0);
            Rows result = trial.result(left.count(), trial.roundUp(features) + trial.up(2) * lanes);
            kernels.rankPool(result, left, right, features, rank);
        });
    }

    private void compare(BiConsumer<Kernels, Trial> call) {
        for (int seed = 0; seed < TRIALS; seed++) {
            Trial ofSimd = new Trial(seed);
            call.accept(simd, ofSimd);
            Trial ofTwin = new Trial(seed);
            call.accept(twin, ofTwin);
            same(seed, ofSimd.result, ofTwin.result);
            if (ofSimd.other != null) {
                same(seed, ofSimd.other, ofTwin.other);
            }
        }
    }

    private static void same(int seed, Rows expected, Rows actual) {
        expected.select(0, expected.capacity());
        actual.select(0, actual.capacity());
        for (int row = 0; row < expected.count(); row++) {
            for (int column = 0; column < expected.width(); column++) {
                assertEquals(Float.floatToIntBits(expected.get(row, column)),
                        Float.floatToIntBits(actual.get(row, column)), "seed=" + seed + ", row=" + row + ", column="
                                + column + ", simd=" + expected.get(row, column) + ", twin=" + actual.get(row, column));
            }
        }
    }

    /** Shapes and operands of one call, the same for the same seed. */
    private final class Trial {

        private final SplittableRandom random;
        private final boolean special;
        private final float magnitude;
        private Rows result;
        private Rows other;

        Trial(int seed) {
            random = new SplittableRandom(seed);
            special = seed % 4 == 3;
            magnitude = new float[]{1, 30, 1e-3f, 1e6f}[seed / 4 % 4];
        }

        int up(int bound) {
            return random.nextInt(bound);
        }

        boolean coin() {
            return random.nextBoolean();
        }

        int roundUp(int cells) {
            return Math.ceilDiv(cells, lanes) * lanes;
        }

        Activation activation() {
            return coin() ? Activation.NONE : Activation.values()[up(Activation.values().length)];
        }

        float number() {
            boolean odd = special && up(400) == 0;
            return odd ? SPECIAL[up(SPECIAL.length)] : (random.nextFloat() * 2 - 1) * magnitude;
        }

        float[] numbers(int count) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = number();
            }
            return numbers;
        }

        /** Makes rows of numbers, zeros from {@code cells} to the width, which is no less than the cells. */
        Rows rows(int count, int cells, int width) {
            Rows rows = new GuardedRows(count, Math.max(cells, width), Math.max(cells, width) + 16).rows;
            for (int row = 0; row < count; row++) {
                for (int cell = 0; cell < cells; cell++) {
                    rows.set(row, cell, number());
                }
            }
            return rows;
        }

        /** Makes the rows that are compared, of numbers, too. */
        Rows result(int count, int width) {
            result = rows(count, width, width);
            return result;
        }

        Rows mask(int keys) {
            Rows mask = rows(1, 0, roundUp(keys));
            int one = 1 + up(4); // in so many is masked
            for (int key = 0; key < keys; key++) {
                mask.set(0, key, up(one) == 0 ? 1 : 0);
            }
            return mask;
        }

        Rows scratch(int cells) {
            return rows(1, 0, cells);
        }

        void alsoCompare(Rows rows) {
            other = rows;
        }

        /** Overwrites columns of the result that are not defined. */
        void forget(int from, int to) {
            result.select(0, result.capacity());
            for (int row = 0; row < result.count(); row++) {
                result.fill(row, from, to, 0);
            }
        }

        void forgetRows(int from) {
            for (int row = from; row < result.capacity(); row++) {
                result.fill(row, 0, result.width(), 0);
            }
        }
    }
}
