package io.lanewise.reference;

import java.util.Random;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** A graph under construction, with words short enough for tests, and both executors to run it with. */
final class GraphFixture {

    static final double TOLERANCE = 1e-6; // a few roundings of numbers near 1

    final GraphBuilder graph = new GraphBuilder();

    Value input(String name, int features) {
        return graph.input(name, new Length(name), features);
    }

    Value matrix(int rows, int columns, float... values) {
        return graph.add(new Op.Weight(new Constant("matrix", new Shape.Matrix(rows, columns), values)));
    }

    Value vector(float... values) {
        return graph.add(new Op.Weight(new Constant("vector", new Shape.Vector(values.length), values)));
    }

    Value linear(Value x, int out, Random random) {
        int in = x.rows().features();
        return graph.add(new Op.Linear(x, matrix(out, in, randoms(out * in, random)), null));
    }

    Value padding(Value x) {
        return graph.add(new Op.Padding(x));
    }

    /** Attention of heads that are split, masked, weighed and merged; a null padding masks nothing. */
    Attention attention(Value query, Value key, Value value, int heads, HeadSplit split, Value keyPadding,
            Value queryPadding, MaskOrder order, double scale) {
        Value scores = graph.add(new Op.Scores(split(query, heads, split), split(key, heads, split), scale));
        Value weights = graph.add(new Op.MaskedSoftmax(scores, keyPadding, queryPadding, order));
        Value context = graph.add(new Op.Context(weights, split(value, heads, split)));
        return new Attention(weights, graph.add(new Op.MergeHeads(context)));
    }

    /** One head, scale 1. */
    Attention attention(Value query, Value key, Value value, Value keyPadding, Value queryPadding) {
        Value scores = graph.add(new Op.Scores(query, key, 1));
        Value weights = graph.add(new Op.MaskedSoftmax(scores, keyPadding, queryPadding, MaskOrder.SAMPLE));
        return new Attention(weights, graph.add(new Op.Context(weights, value)));
    }

    Value split(Value x, int heads, HeadSplit split) {
        return graph.add(new Op.SplitHeads(x, heads, split));
    }

    Graph output(Value value) {
        graph.output("output", value);
        return graph.build();
    }

    /** Runs {@code output} in both precisions, asserts that they agree, and returns the double one. */
    static double[] run(Graph graph, ReferenceInputs inputs) {
        double[] wide = ReferenceExecutor.doubles().run(graph, inputs).get("output").numbers();
        float[] narrow = ReferenceExecutor.floats().run(graph, inputs).get("output").numbers();
        WorstCell.assertClose(wide, WorstCell.widen(narrow), TOLERANCE * largest(wide));
        return wide;
    }

    static float[] randoms(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 2;
        }
        return values;
    }

    static double largest(double[] values) {
        double largest = 1;
        for (double value : values) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest;
    }

    record Attention(Value weights, Value context) {}
}
