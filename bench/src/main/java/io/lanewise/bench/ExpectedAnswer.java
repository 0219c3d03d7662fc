package io.lanewise.bench;

import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

import io.lanewise.Outputs;
import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceTensor;

/** What a run should answer, output by output. */
public record ExpectedAnswer(List<ExpectedOutput> outputs) {

    /**
     * Computes the answer with the double reference; allowed is twice the error of the float reference, or 2e-6. The two run side
     * by side, as they are slow.
     */
    public static ExpectedAnswer ofReference(Graph graph, PaddedBatch batch) {
        CompletableFuture<SequencedMap<String, ReferenceTensor<float[]>>> floats = CompletableFuture
                .supplyAsync(() -> ReferenceExecutor.floats().run(graph, batch.forReference()));
        return new ExpectedAnswer(ReferenceExecutor.doubles().run(graph, batch.forReference()).entrySet().stream()
                .map(output -> expected(output.getKey(), output.getValue(), floats.join().get(output.getKey())))
                .toList());
    }

    /** Takes the float reference's answer for the truth; allowed is this fraction of an output's largest cell. */
    public static ExpectedAnswer near(SequencedMap<String, ReferenceTensor<float[]>> answer, double allowed) {
        return new ExpectedAnswer(answer.entrySet().stream()
                .map(output -> near(output.getKey(), output.getValue(), allowed)).toList());
    }

    private static ExpectedOutput near(String name, ReferenceTensor<float[]> answer, double allowed) {
        return switch (answer) {
            case ReferenceTensor.Numbers<float[]>(float[] cells) -> ExpectedOutput.near(name, widened(cells), allowed);
            case ReferenceTensor.Bits<float[]>(boolean[] cells) -> ExpectedOutput.ofBits(name, cells);
            case ReferenceTensor.Indices<float[]>(int[] cells) -> ExpectedOutput.ofWhole(name, cells);
        };
    }

    private static ExpectedOutput expected(String name, ReferenceTensor<double[]> truth,
            ReferenceTensor<float[]> floats) {
        return switch (truth) {
            case ReferenceTensor.Numbers<double[]>(double[] cells) ->
                ExpectedOutput.ofNumbers(name, cells, widened(floats.numbers()));
            case ReferenceTensor.Bits<double[]>(boolean[] cells) -> ExpectedOutput.ofBits(name, cells);
            case ReferenceTensor.Indices<double[]>(int[] cells) -> ExpectedOutput.ofWhole(name, cells);
        };
    }

    private static double[] widened(float[] floats) {
        double[] values = new double[floats.length];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = floats[cell];
        }
        return values;
    }

    /** Compares a run with it: the output that uses up most of what is allowed. The run may have more samples. */
    public Deviation deviation(Outputs actual) {
        return outputs.stream().map(output -> output.deviation(actual)).reduce(Deviation::orWorse).orElseThrow();
    }
}
