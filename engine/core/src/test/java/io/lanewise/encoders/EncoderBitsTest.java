package io.lanewise.encoders;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.Model;
import io.lanewise.ReferenceSession;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of a text's results are the same in whatever company it is run, by however many threads, and however it is padded. */
@Execution(ExecutionMode.CONCURRENT)
class EncoderBitsTest {

    @RegisterExtension
    static final LoadedCases MODELS = new LoadedCases();

    private static final int BATCH = 40; // several groups of texts: see Limits, whose groups have 128 rows
    private static final int LONGEST = 160;

    /** Families that count places from the first token, or not at all: rows of padding before it change nothing. */
    private static final Set<String> WITHOUT_PLACES = Set.of("roberta", "xlm-roberta", "mpnet", "jina-bert-v2",
            "deberta-v2");

    static List<EncoderCase> cases() {
        return LoadedCases.distinct();
    }

    static Stream<EncoderCase> casesWithoutPlaces() {
        return cases().stream().filter(golden -> WITHOUT_PLACES.contains(family(golden)));
    }

    static Stream<EncoderCase> casesWithPlaces() {
        return cases().stream().filter(golden -> !WITHOUT_PLACES.contains(family(golden)))
                .filter(golden -> golden.folder().endsWith("odd"));
    }

    /** Cases with a sentence's embedding. */
    static Stream<EncoderCase> sentences() {
        return cases().stream().filter(golden -> golden.recorded().contains("sentence_embedding"));
    }

    private static String family(EncoderCase golden) {
        return golden.folder().getParent().getFileName().toString();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldNotDependOnTheBatchNorOnThreads(EncoderCase golden) {
        TokenSamples samples = TokenSamples.of(golden);
        Model model = MODELS.of(golden);
        SampleRows[] alone = alone(model, samples, options(golden, samples));
        for (int threads = 1; threads <= 2; threads++) {
            try (Session session = model.newSession(options(golden, samples).threads(threads))) {
                int[] order = samples.shuffled(BATCH, threads);
                SampleRows batch = SampleRows.of(session.run(samples.padded(0, order)), samples, order);
                for (int i = 0; i < BATCH; i++) {
                    alone[order[i]].assertSame(0, batch, i, golden + ": threads=" + threads + ", place " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldNotDependOnTheSessionsLimits(EncoderCase golden) {
        TokenSamples samples = TokenSamples.of(golden);
        Model model = MODELS.of(golden);
        int[] all = samples.all();
        SampleRows[] alone = alone(model, samples, options(golden, samples));
        SessionOptions small = options(golden, samples).maxBatch(samples.count()).maxLength(samples.longest());
        try (Session session = model.newSession(small)) {
            SampleRows batch = SampleRows.of(session.run(samples.padded(0, all)), samples, all);
            IntStream.of(all).forEach(s -> alone[s].assertSame(0, batch, s, golden + ": small limits"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldNotDependOnPaddingBehind(EncoderCase golden) {
        TokenSamples samples = TokenSamples.of(golden);
        int[] all = samples.all();
        int more = Math.min(9, MODELS.of(golden).longest() - samples.longest());
        try (Session session = MODELS.of(golden).newSession(options(golden, samples))) {
            SampleRows batch = SampleRows.of(session.runTokens(samples.batch(all)), samples, all);
            SampleRows padded = SampleRows.of(session.run(samples.padded(more, all)), samples, all);
            IntStream.of(all).forEach(s -> batch.assertSame(s, padded, s, golden + ": ragged and padded by " + more));
        }
    }

    @ParameterizedTest
    @MethodSource("casesWithoutPlaces")
    void shouldNotDependOnPaddingBefore(EncoderCase golden) {
        TokenSamples samples = TokenSamples.of(golden);
        int[] all = samples.all();
        int more = Math.min(3, MODELS.of(golden).longest() - samples.longest());
        try (Session session = MODELS.of(golden).newSession(options(golden, samples))) {
            SampleRows batch = SampleRows.of(session.run(samples.padded(0, all)), samples, all);
            SampleRows before = SampleRows.of(session.run(samples.leftPadded(more, all)), true, lengths(samples));
            IntStream.of(all).forEach(s -> batch.assertSame(s, before, s, golden + ": padded before"));
        }
    }

    /** Rows of padding before a text move its places there, as they do in the reference. */
    @ParameterizedTest
    @MethodSource("casesWithPlaces")
    void shouldCountPlacesFromThePaddingBefore(EncoderCase golden) {
        TokenSamples samples = TokenSamples.of(golden);
        Model model = MODELS.of(golden);
        int more = Math.min(3, model.longest() - samples.longest());
        SessionOptions options = options(golden, samples);
        try (Session session = model.newSession(options);
                ReferenceSession reference = new ReferenceSession(model, options)) {
            SampleRows plan = SampleRows.of(session.run(samples.leftPadded(more, samples.all())), true,
                    lengths(samples));
            SampleRows naive = SampleRows.of(reference.run(samples.leftPadded(more, samples.all())), true,
                    lengths(samples));
            naive.assertNear(plan, 2e-5, golden + ": padded before");
        }
    }

    /** Who asks for the embedding alone has fewer rows computed: that may round otherwise, but by the text alone. */
    @ParameterizedTest
    @MethodSource("sentences")
    void shouldEmbedAloneAsBesideOtherResults(EncoderCase golden) {
        TokenSamples samples = TokenSamples.of(golden);
        Model model = MODELS.of(golden);
        SessionOptions alone = options(golden, samples).outputs("sentence_embedding");
        SampleRows[] one = alone(model, samples, alone);
        int[] order = samples.shuffled(BATCH, 3);
        try (Session session = model.newSession(alone); Session all = model.newSession(options(golden, samples))) {
            SampleRows batch = SampleRows.of(session.run(samples.padded(0, order)), samples, order);
            for (int i = 0; i < BATCH; i++) {
                one[order[i]].assertSame(0, batch, i, golden + ": embeddings alone, place " + i);
            }
            SampleRows beside = SampleRows.of(all.run(samples.padded(0, order)), samples, order);
            batch.assertNear(beside, 1e-6, golden + ": beside other results");
        }
    }

    private static SampleRows[] alone(Model model, TokenSamples samples, SessionOptions options) {
        try (Session session = model.newSession(options)) {
            return IntStream.of(samples.all())
                    .mapToObj(s -> SampleRows.of(session.run(samples.padded(0, s)), samples, s))
                    .toArray(SampleRows[]::new);
        }
    }

    private static int[] lengths(TokenSamples samples) {
        return IntStream.of(samples.all()).map(s -> samples.ids()[s].length).toArray();
    }

    private static SessionOptions options(EncoderCase golden, TokenSamples samples) {
        return SessionOptions.defaults().maxBatch(BATCH).maxLength(LONGEST).inputs(samples.names())
                .outputs(golden.recorded().toArray(String[]::new));
    }
}
