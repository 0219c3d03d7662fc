package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

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
import io.lanewise.bench.Timing.Timed;
import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceTensor;

/** Part two: every kind of layer at the paper's own size, seeded, with samples of random length. */
final class PaperPart {

    static final int SAMPLES = 128;
    /** Few, as naive loops take up to a second a sample here, and those in double as long again. */
    static final int NAIVE_SAMPLES = 2;
    static final Timing TIMING = new Timing(Duration.ofMillis(400), Duration.ofMillis(600), 5);
    private static final long WEIGHTS_SEED = 1;
    private static final long BATCH_SEED = 2;

    private final PrintStream out;
    private final PassLegend legend;

    PaperPart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    /** Runs every kind and prints a line for each. */
    List<Result> run() {
        List<SeededLayer> layers = SeededLayer.all(LayerSizes.PAPER);
        List<Result> results = new ArrayList<>();
        try (Terminal terminal = new Terminal(out, "the paper's size", layers.size())) {
            for (SeededLayer layer : layers) {
                terminal.start(layer.kind().name());
                results.add(measure(layer));
                terminal.print(results.getLast().line());
                terminal.step();
            }
        }
        return results;
    }

    private Result measure(SeededLayer layer) {
        PaddedBatch batch = layer.batch(SAMPLES, RowLengths.REAL, BATCH_SEED);
        PaddedBatch few = batch.first(NAIVE_SAMPLES);
        SessionOptions options = batch.sessionOptions();
        try (Model model = layer.model(WEIGHTS_SEED); Session session = model.newSession(options)) {
            Graph graph = model.graph(batch.names());
            long start = System.nanoTime();
            SequencedMap<String, ReferenceTensor<float[]>> naive = ReferenceExecutor.floats().run(graph,
                    few.forReference());
            long naiveNanos = (System.nanoTime() - start) * SAMPLES / NAIVE_SAMPLES;
            Inputs inputs = batch.forSession();
            ExpectedAnswer expected = ExpectedAnswer.ofReference(graph, few, naive);
            Deviation deviation = expected.deviation(session.run(few.forSession()));
            Timed<Outputs> plan = TIMING.median(() -> session.run(inputs));
            if (layer.samplesAreIndependent()) {
                deviation = deviation.orWorse(expected.deviation(plan.result()));
            }
            return new Result(layer.kind().name(), batch.describe(), legend.letters(model.passes(options)), deviation,
                    naiveNanos, plan.nanos());
        }
    }
}
