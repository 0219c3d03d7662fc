package io.lanewise.bench.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;
import io.lanewise.bench.Deviation;
import io.lanewise.bench.Timing;
import io.lanewise.bench.Timing.Pair;
import io.lanewise.graph.Graph;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import io.lanewise.tokenizers.Tokenizer;

/**
 * Part one: all-MiniLM-L6-v2 as Maven brings it, an ONNX file in a jar. It is imported, ranks sentences by their meaning, and its
 * vectors are compared with recorded ones, and with naive loops for time.
 */
final class RealModelPart {

    private static final String MODEL = "/all-minilm-l6-v2";
    private static final ImportOptions POOLING = ImportOptions.defaults().pooling("mean").normalize(true);
    private static final String RECORDED = "minilm.json";
    private static final String OUTPUT = "sentence_embedding";
    private static final String IDS = "input_ids";
    private static final double ALLOWED = 2e-6;
    private static final int MOST_TOKENS = 512;
    private static final Set<Integer> TIMED_TOKENS = Set.of(12, 29, 122);
    private static final Timing TIMING = new Timing(Duration.ofMillis(300), Duration.ofSeconds(4));

    private static final String QUESTION = "How do I get my money back?";
    private static final List<String> ANSWERS = List.of("Our office is closed on public holidays.",
            "You can return any item within 30 days for a full refund.", "The package arrives in three to five days.",
            "Your money is sent back within a week.", "The cat slept all afternoon in the sun.",
            "We accept credit cards and bank transfers.");

    private final PrintStream out;
    private final PassLegend legend;

    RealModelPart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    private record Ranked(String text, double cosine) {}

    /** Runs the model and prints what came out. */
    List<Result> run() {
        long start = System.nanoTime();
        try (InputStream in = RealModelPart.class.getResourceAsStream(MODEL + ".onnx");
                ImportedModel imported = OnnxImporter.read(in, MODEL + ".onnx")) {
            Tokenizer tokenizer = Tokenizer.read(RealModelPart.class.getResourceAsStream(MODEL + "-tokenizer.json"),
                    MODEL + "-tokenizer.json");
            TextOptions options = TextOptions.defaults().sessions(1).maxTokens(MOST_TOKENS);
            List<Result> results = new ArrayList<>();
            try (TextEmbedder embedder = TextEmbedder.of(imported.encoder(POOLING), tokenizer, options)) {
                out.printf("%n  %s%n", QUESTION);
                ranked(embedder).forEach(ranked -> out.printf("    %5.2f  %s%n", ranked.cosine(), ranked.text()));
                out.printf("  from the jar to this answer: %.1f s%n%n%s%n", (System.nanoTime() - start) / 1e9,
                        TimedResult.HEADER);
                results.add(agreement(embedder));
            }
            out.println(TimedResult.untimed(results.getFirst()).line());
            results.addAll(times(imported, tokenizer));
            return results;
        } catch (IOException e) {
            throw new IllegalStateException("the artifact's file must be readable: resource=" + MODEL, e);
        }
    }

    private static List<Ranked> ranked(TextEmbedder embedder) {
        float[] question = embedder.embed(QUESTION);
        float[][] answers = embedder.embed(ANSWERS);
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            ranked.add(new Ranked(ANSWERS.get(i), product(question, answers[i])));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::cosine).reversed());
        return ranked;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    // ---------------------------------------------------------------- recorded vectors

    private static List<Json> recorded() {
        return JsonFile.tokenizer(RealModelPart.class.getResourceAsStream(RECORDED), RECORDED).get("items").list();
    }

    private static Result agreement(TextEmbedder embedder) {
        double error = 0;
        for (Json item : recorded()) {
            error = Math.max(error, error(vector(item), embedder.embed(item.get("text").text())));
        }
        return new Result("all-MiniLM-L6-v2, %d recorded texts".formatted(recorded().size()), "", "",
                new Deviation(error, ALLOWED));
    }

    private static double[] vector(Json item) {
        return item.get("vector").list().stream().mapToDouble(Json::number).toArray();
    }

    private static double error(double[] truth, float[] answer) {
        double error = 0;
        for (int i = 0; i < truth.length; i++) {
            error = Math.max(error, Math.abs(truth[i] - answer[i]));
        }
        return error;
    }

    // ---------------------------------------------------------------- time

    private List<Result> times(ImportedModel imported, Tokenizer tokenizer) {
        SessionOptions options = SessionOptions.defaults().maxBatch(1).maxLength(MOST_TOKENS).outputs(OUTPUT);
        List<Result> results = new ArrayList<>();
        try (Model model = Model.of(imported.encoder(POOLING)); Session session = model.newSession(options)) {
            session.warmUp();
            SortedMap<Integer, Json> timed = new TreeMap<>();
            recorded().forEach(item -> timed.put(tokenizer.ids(item.get("text").text()).length, item));
            timed.keySet().retainAll(TIMED_TOKENS);
            for (Json item : timed.values()) {
                TimedResult result = measure(model, session, options, tokenizer.ids(item.get("text").text()),
                        vector(item));
                out.println(result.line());
                results.add(result.result());
            }
        }
        return results;
    }

    private TimedResult measure(Model model, Session session, SessionOptions options, int[] ids, double[] truth) {
        Graph graph = model.graph(Set.of(IDS)).asking(Set.of(OUTPUT));
        ReferenceInputs naive = new ReferenceInputs(1).tokens(IDS, ids.length, ids, null);
        TokenBatch tokens = new TokenBatch(1, false);
        tokens.set(new int[][]{ids}, null, new int[]{0}, 0, 1);
        Pair<float[], Outputs> times = TIMING.inTurns(
                () -> ReferenceExecutor.floats().run(graph, naive).get(OUTPUT).numbers(),
                () -> session.runTokens(tokens), () -> {});
        float[] answer = new float[truth.length];
        times.other().result().floats(OUTPUT).get(0, answer);
        Result result = new Result("all-MiniLM-L6-v2, one text", "[1, " + ids.length + "]",
                legend.letters(model.passes(options)), new Deviation(error(truth, answer), ALLOWED));
        return new TimedResult(result, times.one().nanos(), times.other().nanos());
    }
}
