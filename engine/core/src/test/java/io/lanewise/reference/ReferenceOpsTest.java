package io.lanewise.reference;

import java.util.List;

import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Each op against numbers worked out by hand. */
class ReferenceOpsTest {

    private static final double EXACT = 0;
    private static final double ROUNDED = 1e-12;
    private static final float[] X = {1, 2, 3, 4, 5, 6};

    private final GraphFixture fixture = new GraphFixture();

    @Test
    void shouldMultiplyByTheTransposedWeight() {
        Value x = fixture.input("x", 3);
        Value weight = fixture.matrix(2, 3, 1, 0, -1, 2, 1, 0.5f);
        assertOutput(new Op.Linear(x, weight, null), X, EXACT, -2, 5.5, -2, 16);
    }

    @Test
    void shouldAddTheBias() {
        Value x = fixture.input("x", 3);
        Value weight = fixture.matrix(2, 3, 1, 0, -1, 2, 1, 0.5f);
        assertOutput(new Op.Linear(x, weight, fixture.vector(10, 20)), X, EXACT, 8, 25.5, 8, 36);
    }

    @Test
    void shouldScaleTheProductsOfQueriesAndKeys() {
        Value x = fixture.input("x", 3);
        assertOutput(new Op.Scores(x, x, 0.5), X, EXACT, 7, 16, 16, 38.5);
    }

    @Test
    void shouldAddCellByCell() {
        Value x = fixture.input("x", 3);
        assertOutput(new Op.Add(x, x), X, EXACT, 2, 4, 6, 8, 10, 12);
    }

    @Test
    void shouldPutFeaturesSideBySide() {
        Value x = fixture.input("x", 3);
        Value narrow = fixture.graph.add(new Op.Linear(x, fixture.matrix(1, 3, 1, 1, 1), null));
        assertOutput(new Op.Concat(x, narrow), X, EXACT, 1, 2, 3, 6, 4, 5, 6, 15);
    }

    @Test
    void shouldRectifyAndKeepNaN() {
        Value x = fixture.input("x", 3);
        float[] cells = {-1, 0, 2, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
        assertOutput(new Op.Activate(x, Activation.RELU), cells, EXACT, 0, 0, 2, Double.NaN, 0,
                Double.POSITIVE_INFINITY);
    }

    @Test
    void shouldNormalizeWithTheBiasedVariance() {
        Value x = fixture.input("x", 3);
        double r = 1 / Math.sqrt(2.0 / 3 + 0.25);
        assertOutput(new Op.LayerNorm(x, null, null, 0.25f), X, ROUNDED, -r, 0, r, -r, 0, r);
    }

    @Test
    void shouldScaleAndShiftTheNorm() {
        Value x = fixture.input("x", 3);
        Value scale = fixture.vector(1, 2, 3);
        Value shift = fixture.vector(10, 20, 30);
        double r = 1 / Math.sqrt(2.0 / 3 + 0.25);
        assertOutput(new Op.LayerNorm(x, scale, shift, 0.25f), X, ROUNDED, 10 - r, 20, 30 + 3 * r, 10 - r, 20,
                30 + 3 * r);
    }

    @Test
    void shouldSplitColumnsIntoHeadsAndMergeThem() {
        Value x = fixture.input("x", 4);
        Value split = fixture.split(x, 2, HeadSplit.COLUMNS);
        fixture.graph.output("split", split);
        fixture.graph.output("merged", fixture.graph.add(new Op.MergeHeads(split)));
        // B=2, L=2: the digits are sample, row, column
        float[] cells = {111, 112, 113, 114, 121, 122, 123, 124, 211, 212, 213, 214, 221, 222, 223, 224};
        ReferenceInputs inputs = new ReferenceInputs(2).input("x", 2, cells);
        var outputs = ReferenceExecutor.floats().run(fixture.graph.build(), inputs);
        assertEquals(List.of("split", "merged"), List.copyOf(outputs.sequencedKeySet()));
        assertArrayEquals(
                new float[]{111, 112, 121, 122, 113, 114, 123, 124, 211, 212, 221, 222, 213, 214, 223, 224},
                outputs.get("split").numbers());
        assertArrayEquals(cells, outputs.get("merged").numbers());
    }

    @Test
    void shouldFindPaddingWhereFeaturesSumToZero() {
        Value x = fixture.input("x", 2);
        Graph graph = fixture.output(fixture.padding(x));
        // a tiny float cancels nothing in double; NaN is not padding
        float[] cells = {0, 0, 1, -1, 1e-30f, 0, Float.NaN, 0, 1, 1e-12f, -0f, 0};
        boolean[] expected = {true, true, false, false, false, true};
        ReferenceInputs inputs = new ReferenceInputs(2).input("x", 3, cells);
        assertArrayEquals(expected, ReferenceExecutor.floats().run(graph, inputs).get("output").bits());
        assertArrayEquals(expected, ReferenceExecutor.doubles().run(graph, inputs).get("output").bits());
    }

    @Test
    void shouldSumRowsInDoubleWhateverThePrecision() {
        float[] row = {1e8f, 1, -1e8f}; // in float: 0
        assertEquals(false, FloatMath.isZero(row, 0, 3));
        assertEquals(false, DoubleMath.isZero(WorstCell.widen(row), 0, 3));
        assertEquals(true, FloatMath.isZero(new float[]{7, 1, -1, 7}, 1, 2));
    }

    @Test
    void shouldTakePaddingFromLengthsOrMaskWhenGiven() {
        Graph graph = fixture.output(fixture.padding(fixture.input("x", 1)));
        float[] cells = {0, 1, 1, 1, 1, 0};
        ReferenceInputs lengths = new ReferenceInputs(2).input("x", 3, cells, new int[]{2, 0});
        ReferenceInputs mask = new ReferenceInputs(2).input("x", 3, cells,
                new boolean[]{true, false, true, false, true, true});
        ReferenceExecutor<float[]> executor = ReferenceExecutor.floats();
        assertArrayEquals(new boolean[]{false, false, true, true, true, true},
                executor.run(graph, lengths).get("output").bits());
        assertArrayEquals(new boolean[]{false, true, false, true, false, false},
                executor.run(graph, mask).get("output").bits());
    }

    @Test
    void shouldSpreadPaddingOverPairs() {
        Value query = fixture.input("query", 1);
        Value key = fixture.input("key", 1);
        fixture.graph.output("k", fixture.graph.add(new Op.KeyPadding(fixture.padding(key), new Length("query"))));
        fixture.graph.output("q", fixture.graph.add(new Op.QueryPadding(fixture.padding(query), new Length("key"))));
        float[] queries = {1, 0, 1, 1};
        float[] keys = {1, 1, 0, 1, 0, 0};
        ReferenceInputs inputs = new ReferenceInputs(2).input("query", 2, queries).input("key", 3, keys);
        var outputs = ReferenceExecutor.floats().run(fixture.graph.build(), inputs);
        assertArrayEquals(
                new boolean[]{false, false, true, false, false, true, false, true, true, false, true, true},
                outputs.get("k").bits());
        assertArrayEquals(
                new boolean[]{false, false, false, true, true, true, false, false, false, false, false, false},
                outputs.get("q").bits());
    }

    @Test
    void shouldNumberRowsFromOneAndPaddingZero() {
        Value padding = fixture.padding(fixture.input("x", 1));
        Value positions = fixture.graph.add(new Op.Positions(padding));
        Value table = fixture.matrix(4, 2, 0, 0, 10, 11, 20, 21, 30, 31);
        fixture.graph.output("positions", positions);
        fixture.graph.output("output", fixture.graph.add(new Op.Gather(table, positions)));
        Graph graph = fixture.graph.build();
        ReferenceInputs inputs = new ReferenceInputs(2).input("x", 3, X, new int[]{2, 3});
        assertArrayEquals(new int[]{1, 2, 0, 1, 2, 3},
                ReferenceExecutor.floats().run(graph, inputs).get("positions").indices());
        WorstCell.assertClose(new double[]{10, 11, 20, 21, 0, 0, 10, 11, 20, 21, 30, 31},
                GraphFixture.run(graph, inputs), EXACT);
    }

    @Test
    void shouldRefuseToReadBitsAsNumbers() {
        Graph graph = fixture.output(fixture.padding(fixture.input("x", 3)));
        ReferenceTensor<float[]> bits = ReferenceExecutor.floats().run(graph, new ReferenceInputs(1).input("x", 2, X))
                .get("output");
        assertThrows(ClassCastException.class, bits::numbers);
    }

    @Test
    void shouldComputeAnEmptyBatchAndEmptyRows() {
        Value x = fixture.input("x", 2);
        Value padding = fixture.padding(x);
        Graph graph = fixture.output(fixture.attention(x, x, x, padding, padding).context());
        assertEquals(0, GraphFixture.run(graph, new ReferenceInputs(0).input("x", 3, new float[0])).length);
        assertEquals(0, GraphFixture.run(graph, new ReferenceInputs(2).input("x", 0, new float[0])).length);
    }

    /** Runs one op on B=1 and compares. */
    private void assertOutput(Op op, float[] cells, double tolerance, double... expected) {
        Graph graph = fixture.output(fixture.graph.add(op));
        float[] before = cells.clone();
        double[] actual = GraphFixture.run(graph, new ReferenceInputs(1).input("x", 2, cells));
        WorstCell.assertClose(expected, actual, tolerance);
        assertArrayEquals(before, cells, "inputs must not be modified");
    }
}
