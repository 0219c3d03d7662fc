package io.lanewise.reference;

import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** The masked core and its heads: small numbers by hand, then what must never leak. */
class ReferenceAttentionTest {

    private static final float LN2 = (float) Math.log(2);
    private static final float LN4 = (float) Math.log(4);
    private static final double ROUNDED = 1e-7; // the logarithms above are floats
    private static final double NAN = Double.NaN;

    private final GraphFixture fixture = new GraphFixture();
    private final Value query = fixture.input("query", 1);
    private final Value key = fixture.input("key", 1);

    @Test
    void shouldWeighKeysByTheSoftmaxOfTheirScores() {
        // scores ln 1, ln 2, ln 4
        Graph graph = fixture.output(fixture.attention(query, key, key, null, null).weights());
        assertAttention(graph, queryAndKey(new float[]{1}, new float[]{0, LN2, LN4}), 1 / 7.0, 2 / 7.0, 4 / 7.0);
    }

    @Test
    void shouldNotOverflowForLargeScores() {
        Graph graph = fixture.output(fixture.attention(query, key, key, null, null).weights());
        assertAttention(graph, queryAndKey(new float[]{1e4f}, new float[]{3e4f, 3e4f, -3e4f}), 0.5, 0.5, 0);
    }

    @Test
    void shouldLeaveOutMaskedKeysWhateverTheirScore() {
        Graph graph = fixture.output(fixture.attention(query, key, key, fixture.padding(key), null).weights());
        for (float garbage : new float[]{1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            ReferenceInputs inputs = new ReferenceInputs(1).input("query", 1, new float[]{1}).input("key", 3,
                    new float[]{LN2, garbage, 0}, new boolean[]{true, false, true});
            assertAttention(graph, inputs, 2 / 3.0, 0, 1 / 3.0);
        }
    }

    @Test
    void shouldGiveZerosToPaddingQueries() {
        Graph graph = fixture.output(
                fixture.attention(query, key, key, fixture.padding(key), fixture.padding(query)).weights());
        assertAttention(graph, queryAndKey(new float[]{0, 1}, new float[]{LN2, 0}), 0, 0, 1, 0);
    }

    @Test
    void shouldFillEmptyRowsAsTheCallerChose() {
        Value padding = fixture.padding(key);
        GraphFixture.Attention attention = fixture.attention(query, key, key, padding, fixture.padding(query));
        fixture.graph.output("attention", attention.weights());
        Graph graph = fixture.output(attention.context());
        float[] keys = {Float.NaN, 5};
        ReferenceInputs inputs = new ReferenceInputs(1).input("query", 2, new float[]{1, 0}).input("key", 2, keys,
                new int[]{0});
        assertEmpty(graph, inputs, new float[]{0, 0, 0, 0}, new float[]{0, 0});
        float nan = Float.NaN;
        assertEmpty(graph, inputs.emptyAttention(nan), new float[]{nan, nan, 0, 0}, new float[]{nan, 0});
    }

    private static void assertEmpty(Graph graph, ReferenceInputs inputs, float[] attention, float[] context) {
        WorstCell.assertClose(WorstCell.widen(context), GraphFixture.run(graph, inputs), 0);
        assertArrayEquals(attention, ReferenceExecutor.floats().run(graph, inputs).get("attention").numbers());
        assertArrayEquals(WorstCell.widen(attention),
                ReferenceExecutor.doubles().run(graph, inputs).get("attention").numbers());
    }

    @ParameterizedTest
    @ValueSource(floats = {0, Float.NaN})
    void shouldGiveZeroContextWhenThereAreNoKeysAtAll(float empty) {
        Graph graph = fixture.output(fixture.attention(query, key, key, fixture.padding(key), null).context());
        ReferenceInputs inputs = queryAndKey(new float[]{1, 2}, new float[0]).emptyAttention(empty);
        assertAttention(graph, inputs, 0, 0);
    }

    @Test
    void shouldNotTakeScoresOfMinusInfinityForPadding() {
        Graph graph = fixture.output(fixture.attention(query, key, key, null, null).weights());
        float minus = Float.NEGATIVE_INFINITY;
        assertAttention(graph, queryAndKey(new float[]{1}, new float[]{minus, minus}), NAN, NAN);
        assertAttention(graph, queryAndKey(new float[]{1}, new float[]{minus, 3}), 0, 1);
    }

    @Test
    void shouldSpreadNaNOverTheRowOfItsQuery() {
        Graph graph = fixture.output(fixture.attention(query, key, key, null, null).context());
        assertAttention(graph, queryAndKey(new float[]{Float.NaN, 0}, new float[]{1, 3}), NAN, 2);
    }

    @Test
    void shouldWeighValuesWithoutSoftmaxToo() {
        Value scores = fixture.graph.add(new Op.Scores(query, key, 1));
        Graph graph = fixture.output(fixture.graph.add(new Op.Context(scores, key)));
        assertAttention(graph, queryAndKey(new float[]{2, 0}, new float[]{1, 3}), 20, 0);
    }

    @Test
    void shouldSplitByColumns() {
        // rows (0, ln 2) and (1, 0); head 0 attends 0, 1 to itself, head 1 ln 2, 0
        Graph graph = heads(HeadSplit.COLUMNS, false, MaskOrder.SAMPLE).output();
        assertAttention(graph, new ReferenceInputs(1).input("x", 2, new float[]{0, LN2, 1, 0}),
                0.5, LN2 * logistic((double) LN2 * LN2), logistic(1), LN2 / 2);
    }

    @Test
    void shouldSplitByReshape() {
        // rows (0, ln 2) and (1, 0); head 0 attends 0, ln 2 to itself, head 1 1, 0
        Graph graph = heads(HeadSplit.RESHAPED, false, MaskOrder.SAMPLE).output();
        assertAttention(graph, new ReferenceInputs(1).input("x", 2, new float[]{0, LN2, 1, 0}),
                LN2 / 2, LN2 * logistic((double) LN2 * LN2), logistic(1), 0.5);
    }

    @Test
    void shouldReshapeWithoutTransposing() {
        // B=2, L=3, H=2, d=2. Queries of 0 weigh keys evenly: each row of a head's context is the mean of its values.
        GraphFixture two = new GraphFixture();
        Value q = two.input("q", 4);
        Value v = two.input("v", 4);
        Graph graph = two.output(
                two.attention(q, v, v, 2, HeadSplit.RESHAPED, null, null, MaskOrder.SAMPLE, 1).context());
        float[] values = {
                0, 0, 1, 0, // sample 0, head 0: (0, 0), (1, 0),
                0, 1, 0, 0, // (0, 1); head 1: (0, 0),
                2, 0, 0, 4, // (2, 0), (0, 4)
                3, 3, 3, 3, // sample 1, head 0: (3, 3), (3, 3),
                3, 3, 6, 9, // (3, 3); head 1: (6, 9),
                6, 9, 6, 9}; // (6, 9), (6, 9)
        ReferenceInputs inputs = new ReferenceInputs(2).input("q", 3, new float[24]).input("v", 3, values);
        double a = 1 / 3.0;
        double b = 2 / 3.0;
        double c = 4 / 3.0;
        assertAttention(graph, inputs, a, a, a, a, a, a, b, c, b, c, b, c, 3, 3, 3, 3, 3, 3, 6, 9, 6, 9, 6, 9);
    }

    @Test
    void shouldMaskKeysByTheirOwnSample() {
        // the one valid key of sample b is b
        assertAttention(heads(HeadSplit.RESHAPED, true, MaskOrder.SAMPLE).weights(), oneValidKey(),
                keyOfEveryQuery(0, 0, 1, 1, 2, 2));
    }

    @Test
    void shouldMaskKeysByTheGroupModuloTheBatch() {
        assertAttention(heads(HeadSplit.RESHAPED, true, MaskOrder.GROUP_MODULO_BATCH).weights(), oneValidKey(),
                keyOfEveryQuery(0, 1, 2, 0, 1, 2));
    }

    @Test
    void shouldMaskQueriesByTheirOwnSampleWhateverTheOrderOfKeys() {
        GraphFixture two = new GraphFixture();
        Value x = two.input("x", 2);
        Graph graph = two.output(two.attention(x, x, x, 2, HeadSplit.RESHAPED, null, two.padding(x),
                MaskOrder.GROUP_MODULO_BATCH, 1).weights());
        // B=2, H=2, L=1: the second sample is padding
        ReferenceInputs inputs = new ReferenceInputs(2).input("x", 1, new float[]{1, 2, 3, 4}, new int[]{1, 0});
        assertAttention(graph, inputs, 1, 1, 0, 0);
    }

    private static ReferenceInputs oneValidKey() {
        boolean[] valid = {true, false, false, false, true, false, false, false, true};
        return new ReferenceInputs(3).input("x", 3, new float[18], valid);
    }

    /** Returns {@code [groups, 3, 3]}: the weight of one key is 1. */
    private static double[] keyOfEveryQuery(int... keys) {
        double[] weights = new double[keys.length * 9];
        for (int row = 0; row < keys.length * 3; row++) {
            weights[row * 3 + keys[row / 3]] = 1;
        }
        return weights;
    }

    /** What two heads of width 1 give when {@code x} attends to itself. */
    private record Heads(GraphFixture fixture, GraphFixture.Attention attention) {

        Graph output() {
            return fixture.output(attention.context());
        }

        Graph weights() {
            return fixture.output(attention.weights());
        }
    }

    private static Heads heads(HeadSplit split, boolean masked, MaskOrder order) {
        GraphFixture fixture = new GraphFixture();
        Value x = fixture.input("x", 2);
        Value padding = masked ? fixture.padding(x) : null;
        return new Heads(fixture, fixture.attention(x, x, x, 2, split, padding, null, order, 1));
    }

    private static ReferenceInputs queryAndKey(float[] query, float[] key) {
        return new ReferenceInputs(1).input("query", query.length, query).input("key", key.length, key);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static void assertAttention(Graph graph, ReferenceInputs inputs, double... expected) {
        WorstCell.assertClose(expected, GraphFixture.run(graph, inputs), ROUNDED);
    }
}
