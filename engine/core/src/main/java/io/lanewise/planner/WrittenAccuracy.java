package io.lanewise.planner;

import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;

/**
 * How accurate a graph is as it is written, and whether folded ones are, too: all in naive float loops, on made-up inputs, against
 * the written graph in double. For one thread.
 */
final class WrittenAccuracy {

    private static final int SAMPLES = 2;
    private static final int LEAST_ROWS = 2;
    private static final int MOST_ROWS = 6;

    /** Numbers of a sample that are enough to look for the worst error among: with six wide rows this was a third of a session's opening. */
    private static final int CELLS = 1024;
    private static final long SEED = 20261122;

    private final Graph written;
    private final ReferenceInputs inputs;
    private final SequencedMap<String, ReferenceTensor<double[]>> truth;
    private final double writtenError;

    WrittenAccuracy(Graph written) {
        this.written = written;
        this.inputs = inputs(written);
        this.truth = ReferenceExecutor.doubles().run(written, inputs);
        this.writtenError = worst(written);
    }

    Graph written() {
        return written;
    }

    FoldCheck compare(Graph folded) {
        return new FoldCheck(writtenError, worst(folded));
    }

    private static ReferenceInputs inputs(Graph graph) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        Map<String, Integer> rows = lengths(graph);
        ReferenceInputs inputs = new ReferenceInputs(SAMPLES);
        for (Value input : graph.inputs()) {
            if (input.op() instanceof Op.Tokens) {
                throw new IllegalStateException("weights behind tokens must not be folded: input=" + input);
            }
            int length = rows.get(input.rows().length().name());
            float[] cells = new float[SAMPLES * length * input.rows().features()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = (float) random.nextGaussian();
            }
            inputs.input(((Op.Given) input.op()).name(), length, cells, new int[]{length, length});
        }
        return inputs;
    }

    /** Returns as many rows as are made up, or as few as a position table has. */
    private static Map<String, Integer> lengths(Graph graph) {
        Map<String, Integer> rows = new HashMap<>();
        for (Value value : graph.values()) {
            if (value.shape() instanceof Shape.Rows shape) {
                int most = value.op() instanceof Op.Gather gather
                        ? ((Shape.Matrix) gather.table().shape()).rows() - 1
                        : MOST_ROWS;
                rows.merge(shape.length().name(), Math.min(most, rows(shape.features())), Math::min);
            }
        }
        return rows;
    }

    private static int rows(int features) {
        return Math.clamp(CELLS / features, LEAST_ROWS, MOST_ROWS);
    }

    private double worst(Graph graph) {
        double worst = 0;
        for (Map.Entry<String, ReferenceTensor<float[]>> output : ReferenceExecutor.floats().run(graph, inputs)
                .entrySet()) {
            double[] right = truth.get(output.getKey()).numbers();
            float[] actual = output.getValue().numbers();
            for (int i = 0; i < right.length; i++) {
                worst = Math.max(worst, Math.abs(right[i] - actual[i]));
            }
        }
        return worst;
    }
}
