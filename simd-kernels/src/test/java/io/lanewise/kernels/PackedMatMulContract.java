package io.lanewise.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

import io.lanewise.memory.Rows;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class PackedMatMulContract {

    private static final int[] ROW_COUNTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17};

    private final Kernels kernels;

    PackedMatMulContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldMultiplyAnyNumberOfRows() {
        Product product = new Product(23, 19, true);
        for (int rows : ROW_COUNTS) {
            product.check(rows, false, Activation.NONE);
        }
    }

    @Test
    void shouldMultiplyAnyShape() {
        for (int depth : new int[]{1, 2, 7, 8, 31, 64, 255, 257, 521}) {
            new Product(depth, 5, false).check(7, false, Activation.NONE);
        }
        for (int columns : new int[]{1, 8, 16, 17, 37, 64}) {
            new Product(11, columns, true).check(3, false, Activation.NONE);
        }
    }

    @Test
    void shouldMultiplyFewRowsBySeveralPanelsAndTheRest() {
        Product product = new Product(600, 9 * kernels.panel() - 3, true);
        for (int rows : new int[]{1, 2, 3}) {
            product.check(rows, true, Activation.RELU);
        }
    }

    @Test
    void shouldMultiplyMoreRowsThanABlockHas() {
        new Product(3, 9, true).check(97, false, Activation.NONE);
        new Product(3, 9, true).check(203, true, Activation.RELU);
        new Product(3, 9, true).check(401, true, Activation.RELU);
    }

    @Test
    void shouldAddBiasAndEarlierResultOnceAndActivateAtTheEnd() {
        for (int depth : new int[]{5, 300, 600}) {
            for (boolean bias : new boolean[]{false, true}) {
                for (boolean accumulate : new boolean[]{false, true}) {
                    for (Activation activation : Activation.values()) {
                        new Product(depth, 20, bias).check(7, accumulate, activation);
                    }
                }
            }
        }
    }

    @Test
    void shouldGiveARowTheSameBitsAloneAndAnywhereInABatch() {
        assertSameBitsAnywhere(101, new Product(261, 11, true));
    }

    @Test
    void shouldGiveARowTheSameBitsOverSeveralPanelsAndBlocks() {
        assertSameBitsAnywhere(401, new Product(600, 9 * kernels.panel(), true));
    }

    private static void assertSameBitsAnywhere(int count, Product product) {
        GuardedRows rows = product.rows(count);
        GuardedRows batch = product.result(count);
        product.multiply(batch.rows, rows.rows, false, Activation.NONE);
        for (int first = 0; first < count; first += first < 12 ? 1 : 29) {
            for (int n : new int[]{1, 2, 3, 5, 6}) {
                GuardedRows part = product.result(n);
                rows.rows.select(first, Math.min(n, count - first));
                part.rows.select(0, rows.rows.count());
                product.multiply(part.rows, rows.rows, false, Activation.NONE);
                for (int row = 0; row < part.rows.count(); row++) {
                    Oracle.assertSameBits("rows " + first + " to " + (first + n), batch.rows, first + row, part.rows,
                            row,
                            product.output.width());
                }
            }
        }
    }

    @Test
    void shouldKeepNotANumber() {
        Product product = new Product(9, 4, false);
        GuardedRows rows = product.rows(2);
        rows.rows.set(0, 3, Float.NaN);
        GuardedRows result = product.result(2);
        product.multiply(result.rows, rows.rows, false, Activation.RELU);
        assertTrue(Float.isNaN(result.rows.get(0, 0)));
        assertTrue(result.rows.get(1, 0) >= 0);
    }

    @Test
    void shouldLeaveZerosInPaddedColumns() {
        Product product = new Product(9, 3, true);
        GuardedRows result = product.result(7);
        product.multiply(result.rows, product.rows(7).rows, false, Activation.NONE);
        for (int column = 3; column < product.output.width(); column++) {
            assertEquals(0, result.rows.get(6, column));
        }
    }

    @Test
    void shouldGiveTheBitsOfTheWidenedWeightWhenItIsStoredAsBf16() {
        for (int depth : new int[]{1, 19, 512, 521}) {
            for (int columns : new int[]{5, 4 * kernels.panel(), 9 * kernels.panel() - 3}) {
                Product product = new Product(depth, columns, columns > 5);
                for (int rows : ROW_COUNTS) {
                    product.checkBf16(rows, false, Activation.NONE);
                    product.checkBf16(rows, true, Activation.GELU);
                }
            }
        }
    }

    @Test
    void shouldMultiplyByTheNearestMultiplesOfAScaleWhenTheWeightIsStoredAsInt8() {
        for (int depth : new int[]{1, 19, 512, 521}) {
            for (int columns : new int[]{5, 4 * kernels.panel(), 9 * kernels.panel() - 3}) {
                Product product = new Product(depth, columns, columns > 5);
                for (int rows : ROW_COUNTS) {
                    product.checkInt8(rows, false, Activation.NONE);
                    product.checkInt8(rows, true, Activation.GELU);
                }
            }
        }
    }

    @Test
    void shouldGiveNotANumberForAColumnOfInt8WithANumberThatIsNotFinite() {
        Product product = new Product(9, 3, true);
        product.weight[4] = Float.POSITIVE_INFINITY;
        product.weight[9] = Float.NaN;
        GuardedRows result = product.result(2);
        kernels.packedMatMul(result.rows, product.rows(2).rows, product.pack(product.weight, Storage.INT8), false,
                Activation.NONE);
        assertTrue(Float.isNaN(result.rows.get(1, 0)));
        assertTrue(Float.isNaN(result.rows.get(1, 1)));
        assertTrue(Float.isFinite(result.rows.get(1, 2)));
    }

    @Test
    void shouldRefuseAnOddDepthAsInt8() {
        RowLayout odd = RowLayout.dense(1, 3, 3);
        RowLayout output = RowLayout.of(1, 1, kernels);
        assertThrows(IllegalArgumentException.class, () -> PackedWeight.pack(new float[3], null, output, odd,
                kernels.panel(), Arena.ofAuto().allocate(4096), 0, Storage.INT8, false));
    }

    @Test
    void shouldKeepAColumnOfZerosAsInt8() {
        Product product = new Product(9, 3, false);
        Arrays.fill(product.weight, 9, 18, 0);
        GuardedRows result = product.result(2);
        kernels.packedMatMul(result.rows, product.rows(2).rows, product.pack(product.weight, Storage.INT8), false,
                Activation.NONE);
        assertEquals(0, result.rows.get(1, 1));
    }

    @Test
    void shouldTakeLessBytesThanFloats() {
        RowLayout layout = RowLayout.of(1, 384, kernels);
        assertEquals(384 * 384 * 4 + 384 * 4, PackedWeight.bytes(layout, layout, Storage.F32));
        assertEquals(384 * 384 * 2 + 384 * 4, PackedWeight.bytes(layout, layout, Storage.BF16));
        assertEquals(384 * 384 + 384 * 4 * 2, PackedWeight.bytes(layout, layout, Storage.INT8));
    }

    /** A layer with random weights, and its oracle. */
    private final class Product {

        private final RowLayout input;
        private final RowLayout output;
        private final float[] weight;
        private final float[] bias;
        private final PackedWeight packed;
        private final PackedWeight streamed; // in the same memory

        Product(int depth, int columns, boolean hasBias) {
            input = RowLayout.of(1, depth, kernels);
            output = RowLayout.of(1, columns, kernels);
            weight = random(columns * depth, 1);
            bias = hasBias ? random(columns, 2) : null;
            packed = pack(weight, Storage.F32);
            streamed = new PackedWeight(packed.segment(), 0, packed.columns(), packed.depth(), Storage.F32,
                    packed.hasBias(), true);
        }

        private PackedWeight pack(float[] numbers, Storage storage) {
            MemorySegment segment = Arena.ofAuto().allocate(PackedWeight.bytes(output, input, storage), 64);
            return PackedWeight.pack(numbers, bias, output, input, kernels.panel(), segment, 0, storage, false);
        }

        private static float[] random(int count, long seed) {
            Random random = new Random(seed);
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextFloat() * 2 - 1;
            }
            return values;
        }

        GuardedRows rows(int count) {
            return new GuardedRows(count, input.width(), input.width() + 8).random(3, input.features());
        }

        GuardedRows result(int count) {
            return new GuardedRows(count, output.width(), output.width() + 8).random(4, output.features());
        }

        void multiply(Rows result, Rows rows, boolean accumulate, Activation activation) {
            kernels.packedMatMul(result, rows, packed, accumulate, activation);
        }

        void check(int count, boolean accumulate, Activation activation) {
            GuardedRows rows = rows(count);
            GuardedRows result = result(count);
            GuardedRows before = result(count);
            float[] snapshot = rows.snapshot();
            multiply(result.rows, rows.rows, accumulate, activation);
            result.assertGuards();
            rows.assertUnchanged(snapshot);
            String what = "rows=" + count + ", depth=" + input.features() + ", columns=" + output.features() + ", bias="
                    + (bias != null) + ", accumulate=" + accumulate + ", activation=" + activation;
            assertClose(what, result, weight, rows, before, accumulate, activation);
            GuardedRows again = result(count);
            kernels.packedMatMul(again.rows, rows.rows, streamed, accumulate, activation);
            again.assertGuards();
            for (int row = 0; row < count; row++) {
                Oracle.assertSameBits("streamed, " + what, result.rows, row, again.rows, row, output.width());
            }
        }

        void checkBf16(int count, boolean accumulate, Activation activation) {
            float[] rounded = new float[weight.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = BFloat16.nearest(weight[i]);
            }
            GuardedRows rows = rows(count);
            GuardedRows expected = result(count);
            kernels.packedMatMul(expected.rows, rows.rows, pack(rounded, Storage.F32), accumulate, activation);
            GuardedRows result = result(count);
            kernels.packedMatMul(result.rows, rows.rows, pack(weight, Storage.BF16), accumulate, activation);
            result.assertGuards();
            for (int row = 0; row < count; row++) {
                Oracle.assertSameBits("rows=" + count + ", depth=" + input.features() + ", columns="
                        + output.features() + ", accumulate=" + accumulate, expected.rows, row, result.rows, row,
                        output.width());
            }
        }

        void checkInt8(int count, boolean accumulate, Activation activation) {
            float[] rounded = new float[weight.length];
            for (int column = 0; column < output.features(); column++) {
                float largest = 0;
                for (int k = 0; k < input.features(); k++) {
                    largest = Math.max(largest, Math.abs(weight[column * input.features() + k]));
                }
                for (int k = 0; k < input.features(); k++) {
                    int i = column * input.features() + k;
                    rounded[i] = largest / 127 * Math.round(weight[i] / (largest / 127));
                }
            }
            GuardedRows rows = rows(count);
            GuardedRows result = result(count);
            GuardedRows before = result(count);
            kernels.packedMatMul(result.rows, rows.rows, pack(weight, Storage.INT8), accumulate, activation);
            result.assertGuards();
            assertClose("int8, rows=" + count + ", depth=" + input.features() + ", columns=" + output.features()
                    + ", accumulate=" + accumulate, result, rounded, rows, before, accumulate, activation);
        }

        private void assertClose(String what, GuardedRows result, float[] weight, GuardedRows rows, GuardedRows before,
                boolean accumulate, Activation activation) {
            Oracle.assertClose(what, result.rows, output.features(),
                    (row, column) -> activation
                            .apply(sum(weight, rows.rows, before.rows, row, column, accumulate, false)),
                    input.features() + 16,
                    (row, column) -> sum(weight, rows.rows, before.rows, row, column, accumulate, true));
        }

        private double sum(float[] weight, Rows rows, Rows before, int row, int column, boolean accumulate,
                boolean magnitude) {
            double sum = bias == null ? 0 : signed(bias[column], magnitude);
            sum += accumulate ? signed(before.get(row, column), magnitude) : 0;
            for (int k = 0; k < input.features(); k++) {
                sum += signed((double) rows.get(row, k) * weight[column * input.features() + k], magnitude);
            }
            return sum;
        }

        private static double signed(double value, boolean magnitude) {
            return magnitude ? Math.abs(value) : value;
        }
    }
}
