package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.bench.Deviation;
import io.lanewise.bench.ExpectedAnswer;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.SeededLayer;
import io.lanewise.bench.Timing;
import io.lanewise.bench.Timing.Pair;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.layers.LayerKinds;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;

/** Part three: every kind of layer at the paper's own size, seeded, with samples of random length, beside naive loops. */
final class PaperPart {

    static final int SAMPLES = 128;
    /** Few, as naive loops in double take up to a second a sample. */
    static final int CHECKED_SAMPLES = 2;
    private static final LayerSizes WARM_UP = new LayerSizes(64, 4, 128, 1, 7, 12);
    private static final Timing TIMING = new Timing(Duration.ofMillis(600), Duration.ofSeconds(5));
    private static final long WEIGHTS_SEED = 1;
    private static final long BATCH_SEED = 2;

    private final PrintStream out;
    private final PassLegend legend;

    PaperPart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    /** Runs every kind and prints a line for each. */
    List<TimedResult> run() {
        List<SeededLayer> layers = SeededLayer.all(LayerSizes.PAPER);
        Effort effort = new Effort(layers);
        List<TimedResult> results = new ArrayList<>();
        try (Terminal terminal = new Terminal(out, "the paper's size", Effort.ALL)) {
            terminal.start("warming up");
            warmUp(() -> terminal.advanceTo(effort.afterPart()));
            terminal.advanceTo(effort.afterLayer());
            for (SeededLayer layer : layers) {
                terminal.start(layer.kind().name());
                results.add(measure(layer, () -> terminal.advanceTo(effort.afterPart())));
                terminal.print(results.getLast().line());
                terminal.advanceTo(effort.afterLayer());
            }
        }
        return results;
    }

    /** Has kernels and naive loops compiled: a service, too, begins with {@link Session#warmUp}, and naive loops get as long. */
    private static void warmUp(Runnable afterPart) {
        SeededLayer layer = new SeededLayer(LayerKinds.of("self-transformer"), WARM_UP);
        PaddedBatch batch = layer.batch(1, RowLengths.FULL, BATCH_SEED);
        try (Model model = layer.model(WEIGHTS_SEED); Session session = model.newSession(batch.sessionOptions())) {
            Graph graph = model.graph(batch.names());
            ReferenceInputs inputs = batch.forReference();
            long nanos = session.warmUp().toNanos();
            afterPart.run();
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
                ReferenceExecutor.floats().run(graph, inputs);
            }
        }
    }

    private TimedResult measure(SeededLayer layer, Runnable afterPart) {
        PaddedBatch batch = layer.batch(SAMPLES, RowLengths.REAL, BATCH_SEED);
        PaddedBatch few = batch.first(CHECKED_SAMPLES);
        SessionOptions options = batch.sessionOptions();
        try (Model model = layer.model(WEIGHTS_SEED); Session session = model.newSession(options)) {
            Graph graph = model.graph(batch.names());
            ExpectedAnswer expected = ExpectedAnswer.ofReference(graph, few);
            Deviation deviation = expected.deviation(session.run(few.forSession()));
            afterPart.run();
            int naiveSamples = naiveSamples(graph);
            Pair<?, Outputs> times = inTurns(graph, batch.first(naiveSamples), session, batch, afterPart);
            if (layer.samplesAreIndependent()) {
                deviation = deviation.orWorse(expected.deviation(times.other().result()));
            }
            List<List<String>> passes = model.passes(options);
            Result result = new Result(layer.kind().name(), batch.describe(), legend.letters(passes), deviation);
            return passes.isEmpty()
                    ? TimedResult.untimed(result)
                    : new TimedResult(result, times.one().nanos() * SAMPLES / naiveSamples, times.other().nanos());
        }
    }

    private static Pair<?, Outputs> inTurns(Graph graph, PaddedBatch naiveBatch, Session session, PaddedBatch batch,
            Runnable afterPart) {
        ReferenceInputs naiveInputs = naiveBatch.forReference();
        Inputs inputs = batch.forSession();
        return TIMING.inTurns(() -> ReferenceExecutor.floats().run(graph, naiveInputs), () -> session.run(inputs),
                afterPart);
    }

    /** Naive loops with weights cost the same for every sample; without, what counts is how much memory they go through. */
    private static int naiveSamples(Graph graph) {
        return graph.values().stream().anyMatch(value -> value.op() instanceof Op.Weight) ? 1 : SAMPLES;
    }
}
