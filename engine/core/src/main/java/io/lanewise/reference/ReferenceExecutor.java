package io.lanewise.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Value;

/**
 * Computes a graph as it is written: each value in turn, the whole batch, padding and all, with naive loops. Meant to
 * be believed, not to be fast. Immutable and thread-safe.
 *
 * @param <A> the array of the precision, {@code float[]} or {@code double[]}
 */
public final class ReferenceExecutor<A> {

    private final NaiveMath<A> math;
    private final Function<float[], A> precision;

    private ReferenceExecutor(NaiveMath<A> math, Function<float[], A> precision) {
        this.math = math;
        this.precision = precision;
    }

    /** Returns the executor that benchmarks call naive. */
    public static ReferenceExecutor<float[]> floats() {
        return new ReferenceExecutor<>(new FloatMath(), values -> values);
    }

    /** Returns the executor that tests call the truth. */
    public static ReferenceExecutor<double[]> doubles() {
        return new ReferenceExecutor<>(new DoubleMath(), ReferenceExecutor::widened);
    }

    private static double[] widened(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    /**
     * Computes every value of a graph.
     *
     * @param inputs a tensor for each input of the graph, of the graph's number of features
     * @return the graph's outputs by name, in the graph's order; one that is an input or a weight itself may be the
     *         very array that was given
     */
    public SequencedMap<String, ReferenceTensor<A>> run(Graph graph, ReferenceInputs inputs) {
        ReferenceRun<A> run = new ReferenceRun<>(math, precision, inputs);
        graph.values().forEach(run::compute);
        SequencedMap<String, ReferenceTensor<A>> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
            outputs.put(output.getKey(), run.output(output.getValue()));
        }
        return outputs;
    }
}
