package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;
import io.lanewise.bench.Deviation;
import io.lanewise.bench.SeededEncoder;
import io.lanewise.bench.Timing;
import io.lanewise.bench.Timing.Pair;
import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;

/** Part three: a sentence encoder of the size that services run, with made-up weights, beside naive loops. */
final class EncoderPart {

    private static final String OUTPUT = "sentence_embedding";
    private static final String IDS = "input_ids";
    private static final int[] LENGTHS = {8, 32, 128};
    private static final Timing TIMING = new Timing(Duration.ofMillis(300), Duration.ofSeconds(4));
    private static final long WEIGHTS_SEED = 1;
    private static final long TEXT_SEED = 2;

    private final PrintStream out;
    private final PassLegend legend;

    EncoderPart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    /** Embeds a text of each length and prints a line for each. */
    List<TimedResult> run() {
        SessionOptions options = SessionOptions.defaults().maxBatch(1).maxLength(LENGTHS[LENGTHS.length - 1])
                .outputs(OUTPUT);
        List<TimedResult> results = new ArrayList<>();
        try (Model model = Model.of(SeededEncoder.MINI.encoder(WEIGHTS_SEED));
                Session session = model.newSession(options)) {
            session.warmUp();
            for (int length : LENGTHS) {
                results.add(measure(model, session, options, length));
                out.println(results.getLast().line());
            }
        }
        return results;
    }

    private TimedResult measure(Model model, Session session, SessionOptions options, int length) {
        int[] ids = SeededEncoder.MINI.ids(length, TEXT_SEED + length);
        Graph graph = model.graph(Set.of(IDS)).asking(Set.of(OUTPUT));
        ReferenceInputs naive = new ReferenceInputs(1).tokens(IDS, length, ids, null);
        TokenBatch tokens = new TokenBatch(1, false);
        tokens.set(new int[][]{ids}, null, new int[]{0}, 0, 1);
        double[] truth = ReferenceExecutor.doubles().run(graph, naive).get(OUTPUT).numbers();
        Pair<float[], Outputs> times = TIMING.inTurns(
                () -> ReferenceExecutor.floats().run(graph, naive).get(OUTPUT).numbers(),
                () -> session.runTokens(tokens), () -> {});
        float[] answer = new float[truth.length];
        times.other().result().floats(OUTPUT).get(0, answer);
        Deviation deviation = new Deviation(error(truth, answer), Math.max(2e-6, 2 * error(truth, times.one().result())));
        Result result = new Result("BERT, 6 layers of 384 (seeded)", "[1, " + length + "]",
                legend.letters(model.passes(options)), deviation);
        return new TimedResult(result, times.one().nanos(), times.other().nanos());
    }

    private static double error(double[] truth, float[] answer) {
        double error = 0;
        for (int i = 0; i < truth.length; i++) {
            error = Math.max(error, Math.abs(truth[i] - answer[i]));
        }
        return error;
    }
}
