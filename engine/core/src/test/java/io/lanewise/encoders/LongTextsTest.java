package io.lanewise.encoders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.lanewise.Model;
import io.lanewise.ReferenceSession;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tries;
import io.lanewise.json.Json;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of more tokens than a query's scores are kept for at once, which no recorded case has. */
@Execution(ExecutionMode.CONCURRENT)
class LongTextsTest {

    private static final int LONGEST = 1200;
    private static final int[] LENGTHS = {Tries.of(602, 1100), 1025, 600, 1};
    private static final int VOCABULARY = 40;

    /** What is different from a recorded case, by the setting's name. */
    record Longer(EncoderCase golden, Map<String, Object> settings) {

        /** Returns the model, with places for longer texts: its own for the first, random ones for the others. */
        Model model() {
            ModelFolder folder = ModelFolder.open(golden.folder());
            Map<String, Json> members = new LinkedHashMap<>(folder.config().json().members());
            settings.forEach((name, value) -> members.put(name, new Json("$." + name, value)));
            try (Checkpoint weights = folder.weights()) {
                return Model.of(Encoder.of(new ModelFolder(folder.path(), new EncoderConfig(new Json("$", members)),
                        folder.modules(), folder.saysModules()), longer(weights)));
            }
        }

        private static Checkpoint longer(Checkpoint weights) {
            Checkpoint.Builder longer = Checkpoint.builder();
            for (String name : weights.names()) {
                Checkpoint.Entry entry = weights.find(name).orElseThrow();
                long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
                float[] values = entry.floats().get();
                if (name.endsWith("position_embeddings.weight")) {
                    shape[0] = LONGEST + 2;
                    values = more(values, (int) (shape[0] * shape[1]));
                }
                longer.weight(name, values, shape);
            }
            return longer.build();
        }

        private static float[] more(float[] values, int count) {
            Random random = new Random(1);
            float[] more = new float[count];
            for (int i = 0; i < count; i++) {
                more[i] = i < values.length ? values[i] : 0.5f * (float) random.nextGaussian();
            }
            return more;
        }

        @Override
        public String toString() {
            return golden + " " + settings;
        }
    }

    static Stream<Longer> models() {
        Stream<Longer> everyBuilds = Stream.of(longer("bert/odd"), longer("deberta-v2/odd"),
                longer("modernbert/odd", Map.of("local_attention", 129L)));
        Stream<Longer> others = Stream.of(longer("jina-bert-v2/odd"), longer("mpnet/odd"), longer("qwen3/odd"),
                longer("xlm-roberta/odd"), longer("nomic_bert/odd"),
                longer("modernbert/odd"), longer("modernbert/odd", Map.of("local_attention", 1500L)));
        return Tries.of(0, 1) == 0 ? everyBuilds : Stream.concat(everyBuilds, others);
    }

    private static Longer longer(String name, Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("max_position_embeddings", LONGEST + 2L,
                "n_positions", (long) LONGEST));
        settings.putAll(more);
        return new Longer(EncoderCase.of(name), settings);
    }

    private static Longer longer(String name) {
        return longer(name, Map.of());
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldComputeWhatTheReferenceDoes(Longer longer) {
        TokenSamples samples = samples();
        int[] some = {1, 3};
        SessionOptions options = options();
        try (Model model = longer.model();
                Session session = model.newSession(options);
                ReferenceSession reference = new ReferenceSession(model, options)) {
            SampleRows naive = SampleRows.of(reference.run(samples.padded(0, some)), samples, some);
            SampleRows plan = SampleRows.of(session.run(samples.padded(0, some)), samples, some);
            naive.assertNear(plan, 2e-5, longer.toString());
        }
    }

    /** Tiles of queries begin elsewhere with other limits and with threads that share a text: see how wide a tile of scores is. */
    @ParameterizedTest
    @MethodSource("models")
    void shouldNotDependOnTilesNorThreadsNorTheBatch(Longer longer) {
        TokenSamples samples = samples();
        int[] all = samples.all();
        try (Model model = longer.model()) {
            SampleRows batch = run(model, options(), samples, all);
            for (int sample : all) {
                int length = samples.ids()[sample].length;
                for (SessionOptions other : List.of(options().maxLength(length), options().threads(3),
                        options().threads(2)).subList(0, Tries.of(2, 3))) {
                    run(model, other, samples, sample).assertSame(0, batch, sample, longer + ", " + other);
                }
            }
        }
    }

    /** The one row that a pooling reads is computed by itself, with the keys that it sees. */
    @ParameterizedTest
    @MethodSource("models")
    void shouldEmbedAsBesideOtherResults(Longer longer) {
        TokenSamples samples = samples();
        int[] all = samples.all();
        SessionOptions alone = options().outputs("sentence_embedding");
        try (Model model = longer.model()) {
            SampleRows batch = run(model, alone, samples, all);
            batch.assertNear(run(model, options(), samples, all), 2e-6, longer.toString());
            for (int sample : new int[]{1, 2}) { // one in tiles of keys, one not
                run(model, alone.threads(2), samples, sample).assertSame(0, batch, sample, longer.toString());
            }
        }
    }

    private static SampleRows run(Model model, SessionOptions options, TokenSamples samples, int... order) {
        try (Session session = model.newSession(options)) {
            return SampleRows.of(session.runTokens(samples.batch(order)), samples, order);
        }
    }

    private static TokenSamples samples() {
        return TokenSamples.random(VOCABULARY, 7, LENGTHS);
    }

    private static SessionOptions options() {
        return SessionOptions.defaults().maxBatch(LENGTHS.length).maxLength(LONGEST);
    }
}
