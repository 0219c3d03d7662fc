package io.lanewise.reference;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whole graphs: the precisions agree, samples do not touch each other, and padding stays where it is. */
class ReferenceExecutorTest {

    private static final int BATCH = 3;
    private static final int QUESTION = 5;
    private static final int VIDEO = 7;
    private static final int FEATURES = 12;
    private static final int[] QUESTION_ROWS = {5, 1, 3};
    private static final int[] VIDEO_ROWS = {2, 7, 4};

    private final Random random = new Random(20);
    private final float[] question = GraphFixture.randoms(BATCH * QUESTION * FEATURES, random);
    private final float[] video = GraphFixture.randoms(BATCH * VIDEO * FEATURES, random);

    private static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAgreeInBothPrecisionsOnRandomGraphs(int seed) {
        Random choices = new Random(seed);
        Graph graph = randomGraph(choices);
        ReferenceInputs inputs = choices.nextBoolean() ? withLengths() : withoutLengths();
        double[] wide = ReferenceExecutor.doubles().run(graph, inputs).get("output").numbers();
        float[] narrow = ReferenceExecutor.floats().run(graph, inputs).get("output").numbers();
        assertTrue(Arrays.stream(wide).allMatch(Double::isFinite), () -> graph.describe());
        // each op rounds sums of up to 2 · FEATURES terms, and a norm passes on what it is given
        double tolerance = graph.values().size() * 2 * FEATURES * Math.ulp(1f) * GraphFixture.largest(wide);
        WorstCell.assertClose(wide, WorstCell.widen(narrow), tolerance);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepNaNWithinItsSample(HeadSplit split) {
        Graph graph = coAttention(split, MaskOrder.SAMPLE);
        float[] clean = floats(graph, withLengths());
        video[1 * VIDEO * FEATURES + 5] = Float.NaN;
        question[2 * QUESTION * FEATURES + 7] = Float.POSITIVE_INFINITY;
        float[] dirty = floats(graph, withLengths());
        int sample = QUESTION * FEATURES;
        assertArrayEquals(Arrays.copyOf(clean, sample), Arrays.copyOf(dirty, sample));
        assertTrue(Float.isNaN(dirty[sample]), "sample 1 must have noticed");
        assertTrue(Float.isNaN(dirty[2 * sample]), "sample 2 must have noticed");
    }

    @Test
    void shouldNotLetPaddingRowsLeak() {
        Graph graph = coAttention(HeadSplit.COLUMNS, MaskOrder.SAMPLE);
        float[] clean = floats(graph, withLengths());
        fillPadding(question, QUESTION, QUESTION_ROWS, Float.NaN);
        fillPadding(video, VIDEO, VIDEO_ROWS, Float.NaN);
        float[] dirty = floats(graph, withLengths());
        fillPadding(clean, QUESTION, QUESTION_ROWS, 0);
        fillPadding(dirty, QUESTION, QUESTION_ROWS, 0);
        assertArrayEquals(clean, dirty);
    }

    @Test
    void shouldReadPaddingOffZeroRowsAsFromLengths() {
        Graph graph = coAttention(HeadSplit.RESHAPED, MaskOrder.GROUP_MODULO_BATCH);
        fillPadding(question, QUESTION, QUESTION_ROWS, 0);
        fillPadding(video, VIDEO, VIDEO_ROWS, 0);
        assertArrayEquals(floats(graph, withLengths()), floats(graph, withoutLengths()));
    }

    @Test
    void shouldNotWriteToInputsOrWeights() {
        GraphFixture fixture = new GraphFixture();
        Value x = fixture.input("question", FEATURES);
        float[] weights = GraphFixture.randoms(FEATURES * FEATURES, random);
        Value projected = fixture.graph.add(new Op.Linear(x, fixture.matrix(FEATURES, FEATURES, weights), null));
        Graph graph = fixture.output(fixture.graph.add(new Op.Add(projected, x)));
        float[] weightsBefore = weights.clone();
        float[] questionBefore = question.clone();
        floats(graph, withLengths());
        assertArrayEquals(questionBefore, question);
        assertArrayEquals(weightsBefore, weights);
    }

    @Test
    void shouldGiveTheSameBitsTwice() {
        Graph graph = coAttention(HeadSplit.COLUMNS, MaskOrder.SAMPLE);
        ReferenceExecutor<double[]> executor = ReferenceExecutor.doubles();
        double[] first = executor.run(graph, withLengths()).get("output").numbers();
        assertArrayEquals(first, executor.run(graph, withLengths()).get("output").numbers());
        assertEquals(BATCH * QUESTION * FEATURES, first.length);
    }

    private ReferenceInputs withLengths() {
        return new ReferenceInputs(BATCH).input("question", QUESTION, question, QUESTION_ROWS).input("video", VIDEO,
                video, VIDEO_ROWS);
    }

    private ReferenceInputs withoutLengths() {
        return new ReferenceInputs(BATCH).input("question", QUESTION, question).input("video", VIDEO, video);
    }

    private static float[] floats(Graph graph, ReferenceInputs inputs) {
        return ReferenceExecutor.floats().run(graph, inputs).get("output").numbers();
    }

    private static void fillPadding(float[] cells, int length, int[] validRows, float value) {
        for (int b = 0; b < validRows.length; b++) {
            Arrays.fill(cells, (b * length + validRows[b]) * FEATURES, (b + 1) * length * FEATURES, value);
        }
    }

    /** The question attends to the video with three heads, then projection, residual and norm. */
    private static Graph coAttention(HeadSplit split, MaskOrder order) {
        Random weights = new Random(21);
        GraphFixture fixture = new GraphFixture();
        Value question = fixture.input("question", FEATURES);
        Value video = fixture.input("video", FEATURES);
        Value context = fixture.attention(fixture.linear(question, FEATURES, weights),
                fixture.linear(video, FEATURES, weights), fixture.linear(video, FEATURES, weights), 3, split,
                fixture.padding(video), fixture.padding(question), order, 0.5).context();
        Value sum = fixture.graph.add(new Op.Add(fixture.linear(context, FEATURES, weights), question));
        return fixture.output(fixture.graph.add(new Op.LayerNorm(sum, null, null, 1e-5f)));
    }

    /** Grows a question and a video stream by ten random steps. */
    private static Graph randomGraph(Random choices) {
        GraphFixture fixture = new GraphFixture();
        Value[] streams = {fixture.input("question", FEATURES), fixture.input("video", FEATURES)};
        Value[] paddings = {fixture.padding(streams[0]), fixture.padding(streams[1])};
        for (int step = 0; step < 10; step++) {
            int own = choices.nextInt(2);
            int other = choices.nextInt(2);
            Value x = streams[own];
            streams[own] = switch (choices.nextInt(6)) {
                case 0 -> fixture.graph.add(new Op.Activate(x, Activation.RELU));
                case 1 -> fixture.graph.add(new Op.Add(x, fixture.linear(x, FEATURES, choices)));
                case 2 -> fixture.linear(fixture.graph.add(new Op.Concat(x, x)), FEATURES, choices);
                case 3 -> positioned(fixture, x, paddings[own], choices);
                default -> attended(fixture, x, streams[other], paddings[own], paddings[other], choices);
            };
            streams[own] = normed(fixture, streams[own], choices);
        }
        return fixture.output(streams[0]);
    }

    private static Value positioned(GraphFixture fixture, Value x, Value padding, Random choices) {
        float[] cells = GraphFixture.randoms((VIDEO + 1) * FEATURES, choices);
        Value table = fixture.matrix(VIDEO + 1, FEATURES, cells);
        Value positions = fixture.graph.add(new Op.Positions(padding));
        return fixture.graph.add(new Op.Add(x, fixture.graph.add(new Op.Gather(table, positions))));
    }

    private static Value attended(GraphFixture fixture, Value query, Value key, Value queryPadding, Value keyPadding,
            Random choices) {
        HeadSplit split = HeadSplit.values()[choices.nextInt(2)];
        MaskOrder order = MaskOrder.values()[choices.nextInt(2)];
        int heads = new int[]{1, 2, 3, 12}[choices.nextInt(4)];
        return fixture.attention(query, key, key, heads, split, choices.nextBoolean() ? keyPadding : null,
                choices.nextBoolean() ? queryPadding : null, order, 0.25).context();
    }

    private static Value normed(GraphFixture fixture, Value x, Random choices) {
        Value scale = choices.nextBoolean() ? fixture.vector(GraphFixture.randoms(FEATURES, choices)) : null;
        Value shift = choices.nextBoolean() ? fixture.vector(GraphFixture.randoms(FEATURES, choices)) : null;
        return fixture.graph.add(new Op.LayerNorm(x, scale, shift, 0.1f));
    }
}
