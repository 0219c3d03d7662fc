package io.lanewise.bench.service;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.lanewise.bench.RowLengths;
import io.lanewise.bench.encoders.MiniLm;
import io.lanewise.bench.encoders.Question;
import io.lanewise.bench.encoders.QuestionEngine;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.LayerEngines;
import io.lanewise.bench.peers.PaperLayer;
import io.lanewise.bench.probe.FmaProbe;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import io.lanewise.bench.run.ChildJvm;
import io.lanewise.bench.run.JarredPath;
import io.lanewise.bench.run.Mode;
import io.lanewise.bench.run.Progress;
import io.lanewise.bench.run.RollCall;
import io.lanewise.bench.service.ColdPlan.Circumstance;

/**
 * Starts a process after the other, the engines in turn, and has each watched until it is as fast as it gets: one sample of a layer,
 * and a question to all-MiniLM-L6-v2. Heaps are those that the JVM chooses.
 */
final class ColdSuite {

    private static final String TEXT_MODEL = "all-minilm-l6-v2";
    private static final int MOST_CALLS = 200_000;
    private static final long REQUEST_SEED = 3;

    /** Who is started with what. */
    private record Start(String subject, Class<?> engine, Class<?> main, String kind, Map<String, String> params,
            Path model, Path request) {}

    private final ColdPlan plan = ColdPlan.here();
    private final PaperLayer layer = PaperLayer.of(plan.layer());
    private final Path folder; // for files that the processes exchange
    private final Path log;
    private final String classPath;
    private final List<Start> starts = new ArrayList<>();
    private final Map<Start, Path> caches = new HashMap<>(); // of classes
    private final FmaProbe probe = new FmaProbe();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private ColdSuite(Path folder, Path log) throws IOException {
        this.folder = folder;
        this.log = log;
        this.classPath = JarredPath.of(System.getProperty("java.class.path"), folder);
    }

    /** Takes all figures and writes them to a file. What the processes print goes to {@code service.log} beside it. */
    static void measure(Path file, PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lanewise-cold");
        try {
            Environment environment = Environment.here(); // before a model is opened, whose kernels then wait to be compiled
            ColdSuite suite = new ColdSuite(folder, file.resolveSibling("service.log"));
            suite.prepareLayers();
            suite.prepareTexts();
            Map<String, String> peers = suite.callRoll();
            suite.prepareCaches(out);
            suite.run(out);
            new ResultFile(environment.withPeers(peers), Mode.COLD.command(), suite.measurements, suite.failures)
                    .write(file);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void prepareLayers() throws IOException {
        Path request = folder.resolve("request");
        RequestFile.write(request, List.of(layer.batch(1, RowLengths.REAL, REQUEST_SEED)));
        for (LayerEngine engine : LayerEngines.all()) {
            Path model = folder.resolve(engine.subject() + ".layer");
            engine.export(layer, model);
            starts.add(new Start(engine.subject(), engine.getClass(), ColdRun.class, layer.kind(),
                    Map.of("B", "1", "lengths", "real"), model, request));
        }
    }

    private void prepareTexts() throws IOException {
        Path model = folder.resolve(TEXT_MODEL);
        MiniLm.importTo(model);
        Path request = folder.resolve("question");
        Question.of(plan.tokens(), model).write(request);
        QuestionEngine.all().forEach((subject, engine) -> starts.add(new Start(subject, engine, ColdTextRun.class,
                TEXT_MODEL, Map.of("B", "1", "tokens", Integer.toString(plan.tokens())), model, request)));
    }

    private Map<String, String> callRoll() throws InterruptedException {
        try {
            String own = starts.getFirst().subject();
            return RollCall.of(starts.stream().map(Start::subject).filter(subject -> !subject.equals(own)).distinct()
                    .toList(), log);
        } catch (IOException failure) {
            failures.add(failure.getMessage());
            return Map.of();
        }
    }

    /** Has each engine leave its classes: a process that runs like those that are measured, whose figures nobody reads. */
    private void prepareCaches(PrintStream out) throws InterruptedException {
        try (Progress progress = new Progress(out, "classes", starts.size())) {
            for (Start start : starts) {
                progress.start("classes of %s %s".formatted(start.kind(), start.subject()));
                Path cache = folder.resolve(start.subject() + "-" + start.kind() + ".aot");
                if (!run(start, start.params(), 0, List.of("-XX:AOTCacheOutput=" + cache)).isEmpty()) {
                    caches.put(start, cache);
                }
            }
        }
    }

    private void run(PrintStream out) throws InterruptedException {
        int rounds = Arrays.stream(Circumstance.values()).mapToInt(plan::starts).sum();
        try (Progress progress = new Progress(out, "cold", rounds * starts.size())) {
            for (int round = 0; round < plan.starts(); round++) {
                for (Circumstance circumstance : plan.circumstances(round)) {
                    runAll(circumstance, round, progress);
                }
            }
        }
    }

    private void runAll(Circumstance circumstance, int round, Progress progress) throws InterruptedException {
        try (BusyProcess _ = circumstance == Circumstance.BESIDE_BUSY ? BusyProcess.start(log) : null) {
            for (Start start : starts) {
                progress.start("%s %s %s".formatted(circumstance.label(), start.kind(), start.subject()));
                run(start, circumstance, round);
            }
        } catch (IOException failure) {
            failures.add(failure.getMessage());
        }
    }

    /** Takes a reading of the probe, then starts a process and waits for its end. */
    private void run(Start start, Circumstance circumstance, int round) throws InterruptedException {
        Map<String, String> params = new HashMap<>(start.params());
        params.put("start", circumstance.label());
        measurements.add(new Measurement(ColdStart.SUITE, start.kind(), params, Measurement.PROBE, round, 0, "gflops",
                probe.gflops()));
        List<String> flags = new ArrayList<>(circumstance.flags());
        if (circumstance == Circumstance.CLASS_CACHE) {
            if (!caches.containsKey(start)) {
                return; // why is among the failures
            }
            flags.add("-XX:AOTCache=" + caches.get(start));
        }
        measurements.addAll(run(start, params, round, flags));
    }

    /** Returns the figures of a process; none if it failed, of which the failures tell. */
    private List<Measurement> run(Start start, Map<String, String> params, int round, List<String> flags)
            throws InterruptedException {
        Path result = folder.resolve("result.json");
        ServiceJob job = new ServiceJob(start.subject(), start.kind(), params, round, start.model(), start.request(), 1,
                MOST_CALLS, plan.longest(), result);
        List<String> all = new ArrayList<>(flags);
        all.addAll(ColdStart.flags(start.engine())); // last, as it says when
        try {
            ChildJvm.run(classPath, start.main(), all, job.arguments(), log);
            return ResultFile.read(result).measurements();
        } catch (IOException failure) {
            failures.add(failure.getMessage());
            return List.of();
        }
    }
}
