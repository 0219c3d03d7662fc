package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.bench.Deviation;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.SeededLayer;
import io.lanewise.bench.Timing;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Shape;
import io.lanewise.layers.LayerKinds;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;

/** Part four: all of HGA at the published sizes, seeded, every stage of one sample beside naive loops. */
final class WholePart {

    private static final String KIND = "hga";
    private static final Timing TIMING = new Timing(Duration.ofMillis(1), Duration.ofMillis(1));
    private static final long WEIGHTS_SEED = 1;
    private static final long BATCH_SEED = 2;
    /** What is always allowed, of the largest cell; behind the signed roots of a Block, which amplify, ten times as much. */
    private static final double ALLOWED = 2e-6;
    private static final double ALLOWED_BEHIND_ROOTS = 2e-5;
    private static final Set<String> BEHIND_ROOTS = Set.of("global", "output");

    private final PrintStream out;
    private final PassLegend legend;

    WholePart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    /** Runs the model and prints a line for each stage, and one for all. */
    List<Result> run() {
        SeededLayer layer = new SeededLayer(LayerKinds.of(KIND), LayerSizes.PAPER);
        PaddedBatch batch = layer.batch(1, RowLengths.REAL, BATCH_SEED);
        try (Model model = layer.model(WEIGHTS_SEED)) {
            String[] stages = stages(model);
            SessionOptions options = batch.sessionOptions().outputs(stages);
            try (Session session = model.newSession(options)) {
                session.warmUp();
                return compare(model, session, options, batch, model.graph(Set.of()).asking(Set.of(stages)));
            }
        }
    }

    /** Returns the results and stages that are numbers. */
    private static String[] stages(Model model) {
        Graph graph = model.graph(Set.of());
        return model.outputs().stream().filter(name -> graph.stages().containsKey(name)
                || !(graph.outputs().get(name).shape() instanceof Shape.Choices)).toArray(String[]::new);
    }

    private List<Result> compare(Model model, Session session, SessionOptions options, PaddedBatch batch, Graph graph) {
        ReferenceInputs naive = batch.forReference();
        Inputs inputs = batch.forSession();
        SequencedMap<String, ReferenceTensor<double[]>> truth = ReferenceExecutor.doubles().run(graph, naive);
        Timing.Pair<SequencedMap<String, ReferenceTensor<float[]>>, Outputs> times = TIMING.inTurns(
                () -> ReferenceExecutor.floats().run(graph, naive), () -> session.run(inputs), () -> {});
        Outputs outputs = times.other().result();
        List<Result> results = new ArrayList<>();
        Deviation worst = new Deviation(0, 1);
        for (String stage : graph.outputs().keySet()) {
            Deviation deviation = deviation(stage, truth.get(stage).numbers(), outputs.floats(stage));
            worst = worst.orWorse(deviation);
            results.add(new Result(stage, Arrays.toString(outputs.shape(stage)), "", deviation));
            out.println(results.getLast().line());
        }
        Result all = new Result(KIND, batch.describe(), legend.letters(model.passes(options)), worst);
        out.printf("%n%s%n%s%n", TimedResult.HEADER,
                new TimedResult(all, times.one().nanos(), times.other().nanos()).line());
        return results;
    }

    private static Deviation deviation(String stage, double[] truth, FloatBuffer answer) {
        double error = 0;
        double largest = 0;
        for (int cell = 0; cell < truth.length; cell++) {
            error = Math.max(error, Math.abs(truth[cell] - answer.get(cell)));
            largest = Math.max(largest, Math.abs(truth[cell]));
        }
        return new Deviation(error, largest * (BEHIND_ROOTS.contains(stage) ? ALLOWED_BEHIND_ROOTS : ALLOWED));
    }
}
