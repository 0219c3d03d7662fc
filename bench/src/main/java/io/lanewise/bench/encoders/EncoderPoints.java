package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.WeightStorage;
import io.lanewise.bench.rounds.Point;

/** What encoders are measured on, beside the peers that are there. */
public final class EncoderPoints {

    private static final String SUITE = "encoder";
    private static final String AGAINST = "against";
    private static final String TEXTS_PARAM = "texts";
    private static final int TEXTS = 1000;
    private static final int CALLERS = 64;
    private static final int CALLS = 16 * CALLERS; // so that the 99th percentile has ten above it
    private static final List<Integer> ONE_THREAD = List.of(1);
    private static final List<Integer> ONE_AND_TWO = List.of(1, 2);

    /** Texts and the tokens of each. */
    private record Size(int texts, int tokens) {}

    private static final List<Size> SIZES = List.of(new Size(1, 8), new Size(1, 16), new Size(1, 32), new Size(1, 64),
            new Size(1, 128), new Size(1, 256), new Size(1, 512), new Size(32, 32), new Size(32, 128),
            new Size(8, 512));
    private static final List<Size> BASE_SIZES = List.of(new Size(1, 32), new Size(1, 128), new Size(1, 512),
            new Size(16, 128));
    private static final List<Size> PAIRS = List.of(new Size(32, 128));
    private static final List<Size> STREAMING_SIZES = SIZES.subList(0, 4);
    private static final List<Size> FOR_TWO_THREADS = List.of(new Size(1, 16), new Size(1, 128));

    private EncoderPoints() {}

    /** Returns a point for every encoder, size and process of peers. */
    public static List<Point> ids() {
        List<Point> points = new ArrayList<>(points(BenchEncoder.MINI_LM, SIZES, ONE_THREAD));
        points.addAll(points(BenchEncoder.MINI_LM, FOR_TWO_THREADS, ONE_AND_TWO));
        points.addAll(storages());
        points.addAll(points(BenchEncoder.RERANKER, PAIRS, ONE_THREAD));
        points.addAll(points(BenchEncoder.BASE, BASE_SIZES, ONE_THREAD));
        return points;
    }

    /** Returns what a smoke test has time for. */
    public static List<Point> few() {
        return points(BenchEncoder.MINI_LM, SIZES.subList(0, 1), ONE_THREAD);
    }

    private static List<Point> points(BenchEncoder encoder, List<Size> sizes, List<Integer> threads) {
        return orAlone(EncoderEngines.processes(encoder)).flatMap(process -> sizes.stream().map(size -> {
            Map<String, String> params = params(process, size);
            if (threads.size() > 1) {
                params.put("threads", Integer.toString(threads.getLast()));
            }
            return new Point(SUITE, encoder.label(), params, () -> new EncoderDuel(encoder,
                    EncoderEngines.of(process, encoder), encoder.batch(size.texts, size.tokens), threads));
        })).toList();
    }

    /** Returns points for weights in fewer bytes, at sizes where reading them takes the time; beside a peer that has an int8 form. */
    private static List<Point> storages() {
        BenchEncoder encoder = BenchEncoder.MINI_LM;
        String process = EncoderEngines.processes(encoder).stream().filter(name -> EncoderEngines.of(name, encoder)
                .stream().anyMatch(engine -> !engine.isExact())).findFirst().orElse("");
        List<EncoderEngine> others = new ArrayList<>(List.of(new LanewiseEncoders(WeightStorage.BF16),
                new LanewiseEncoders(WeightStorage.INT8)));
        others.addAll(EncoderEngines.of(process, encoder));
        return STREAMING_SIZES.stream().map(size -> new Point(SUITE, "storage", params(process, size),
                () -> new EncoderDuel(encoder, others, encoder.batch(size.texts, size.tokens), ONE_THREAD))).toList();
    }

    /** Returns a point for texts of many lengths, and those for short questions; these come from texts, not from ids. */
    public static List<Point> texts() {
        List<Point> points = new ArrayList<>();
        orAlone(EncoderEngines.processes(BenchEncoder.MINI_LM).stream()
                .filter(process -> !padding(process).isEmpty()).toList())
                .forEach(process -> points.add(new Point(SUITE, "texts", params(process, TEXTS_PARAM, TEXTS),
                        () -> new TextsDuel(TEXTS, padding(process)))));
        return points;
    }

    /** Returns the rounds that {@link #texts} needs, so that each text is embedded in one of them. */
    public static int roundsOfTexts() {
        return TextsDuel.PARTS;
    }

    private static List<PaddingEngine> padding(String process) {
        return EncoderEngines.of(process, BenchEncoder.MINI_LM).stream().filter(PaddingEngine.class::isInstance)
                .map(PaddingEngine.class::cast).toList();
    }

    /** Returns points for short questions, of one caller and of as many as there are processors. */
    public static List<Point> questions() {
        int processors = Runtime.getRuntime().availableProcessors();
        List<String> processes = EmbedderPeers.all().stream().map(EmbedderPeer::process).distinct().toList();
        return orAlone(processes).flatMap(process -> IntStream.of(1, processors).distinct().mapToObj(callers -> {
            Map<String, String> params = params(process, "callers", callers);
            params.put("questions", Integer.toString(QuestionsDuel.QUESTIONS));
            return new Point(SUITE, "questions", params, () -> new QuestionsDuel(EmbedderPeers.all().stream()
                    .filter(peer -> peer.process().equals(process)).toList(), callers));
        })).toList();
    }

    /** Returns a point for many callers at once, each with short texts; beside peers in float32 alone. */
    public static List<Point> callers() {
        List<EmbedderPeer> peers = EmbedderPeers.all().stream().filter(EmbedderPeer::isExact).toList();
        return orAlone(peers.stream().map(EmbedderPeer::process).distinct().toList()).map(process -> {
            Map<String, String> params = params(process, "callers", CALLERS);
            params.put(TEXTS_PARAM, Integer.toString(CALLS));
            return new Point(SUITE, "callers", params, () -> new CallersDuel(
                    peers.stream().filter(peer -> peer.process().equals(process)).toList(), CALLERS, CALLS));
        }).toList();
    }

    /** Without peers Lanewise is measured by itself. */
    private static Stream<String> orAlone(List<String> processes) {
        return processes.isEmpty() ? Stream.of("") : processes.stream();
    }

    private static Map<String, String> params(String process, Size size) {
        Map<String, String> params = params(process, "B", size.texts);
        params.put("tokens", Integer.toString(size.tokens));
        return params;
    }

    private static Map<String, String> params(String process, String size, int value) {
        Map<String, String> params = params(process);
        params.put(size, Integer.toString(value));
        return params;
    }

    private static Map<String, String> params(String process) {
        return process.isEmpty() ? new HashMap<>() : new HashMap<>(Map.of(AGAINST, process));
    }
}
