package io.lanewise.bench.service;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.LayerEngines;
import io.lanewise.bench.peers.PaperLayer;
import io.lanewise.bench.probe.FmaProbe;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import io.lanewise.bench.run.ChildJvm;
import io.lanewise.bench.run.Mode;
import io.lanewise.bench.run.Progress;
import io.lanewise.bench.run.RollCall;

/**
 * Takes the service view of every engine that this build has, each in processes of its own, the engines in turn: latencies
 * from one caller and from as many as there are cores, memory at B=1 and B=128, and cold starts.
 */
public final class ServiceSuite {

    static final String COMMAND = "mvn -q -Pbench,peers";
    /** The same for every engine, so that what is resident is the engine's and not what a collector has not picked up yet. */
    private static final String HEAP = "-Xmx512m";
    private static final int SINGLE_REQUESTS = 64;
    private static final int BATCH = 128;
    private static final int BATCH_REQUESTS = 20;
    private static final int MOST_COLD_CALLS = 200_000;
    private static final long BATCH_SEED = 3;

    /** What every engine goes through in a fork: requests from so many callers, of so many samples each. */
    private record View(String suite, Class<?> main, int samples, int callers, int count, Duration interval) {

        Map<String, String> params() {
            return Map.of("B", Integer.toString(samples), "callers", Integer.toString(callers), "lengths", "real");
        }
    }

    private final ServicePlan plan;
    private final PaperLayer layer;
    private final Path folder; // for files that the processes exchange
    private final Path log;
    private final List<LayerEngine> engines = LayerEngines.all();
    private final FmaProbe probe = new FmaProbe();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private ServiceSuite(ServicePlan plan, Path folder, Path log) {
        this.plan = plan;
        this.layer = PaperLayer.of(plan.layer());
        this.folder = folder;
        this.log = log;
    }

    /**
     * Takes the figures of a mode and writes them to a file: {@code MODE FILE}. What the processes print goes to
     * {@code service.log} beside it. Does nothing in a mode without a service view; one of cold starts alone is
     * {@link ColdSuite}'s.
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Mode mode = Mode.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        if (!mode.hasServices()) {
            return;
        }
        Path file = Path.of(arguments[1]);
        if (mode == Mode.COLD) {
            ColdSuite.measure(file, System.out);
            return;
        }
        ServiceSuite suite = new ServiceSuite(mode == Mode.FULL ? ServicePlan.FULL : ServicePlan.QUICK,
                Files.createTempDirectory("lanewise-service"), file.resolveSibling("service.log"));
        suite.prepare();
        Environment environment = Environment.here().withPeers(suite.callRoll());
        suite.run(System.out);
        new ResultFile(environment, mode.command(), suite.measurements, suite.failures).write(file);
    }

    private Map<String, String> callRoll() throws InterruptedException {
        try {
            return RollCall.of(LayerEngines.peers().stream().map(LayerEngine::subject).toList(), log);
        } catch (IOException failure) {
            failures.add(failure.getMessage());
            return Map.of();
        }
    }

    private void prepare() throws IOException {
        for (LayerEngine engine : engines) {
            engine.export(layer, exported(engine));
        }
        RequestFile.write(requests(1), IntStream.range(0, SINGLE_REQUESTS)
                .mapToObj(i -> layer.batch(1, RowLengths.REAL, BATCH_SEED + i)).toList());
        PaddedBatch large = layer.batch(BATCH, RowLengths.REAL, BATCH_SEED);
        RequestFile.write(requests(BATCH), List.of(large));
    }

    private void run(PrintStream out) throws InterruptedException {
        List<View> views = views();
        try (Progress progress = new Progress(out, "service", plan.forks() * views.size() * engines.size())) {
            for (int fork = 0; fork < plan.forks(); fork++) {
                for (View view : views) {
                    measure(view, fork, progress);
                }
            }
        }
    }

    private List<View> views() {
        List<View> views = new ArrayList<>();
        for (int callers : new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors()))) {
            views.add(new View("service", ServiceRun.class, 1, callers, plan.requests(), plan.interval()));
        }
        views.add(new View("service", ServiceRun.class, BATCH, 1, BATCH_REQUESTS, Duration.ZERO));
        views.add(new View("cold", ColdRun.class, 1, 1, MOST_COLD_CALLS, plan.cold()));
        return views;
    }

    /** Runs the engines one after the other, a reading of the probe before each and after the last. */
    private void measure(View view, int fork, Progress progress) throws InterruptedException {
        int round = 0;
        for (LayerEngine engine : engines) {
            readProbe(view.suite(), view.params(), fork, round++);
            progress.start("%s B=%d callers=%d %s".formatted(view.suite(), view.samples(), view.callers(),
                    engine.subject()));
            Path result = folder.resolve("result.json");
            try {
                ChildJvm.run(view.main(), flags(engine),
                        new ServiceJob(engine.subject(), layer.kind(), view.params(), fork,
                                exported(engine), requests(view.samples()), view.callers(), view.count(),
                                view.interval(),
                                result).arguments(),
                        log);
                measurements.addAll(ResultFile.read(result).measurements());
            } catch (IOException failure) {
                failures.add(failure.getMessage());
            }
        }
        readProbe(view.suite(), view.params(), fork, round);
    }

    private static List<String> flags(LayerEngine engine) {
        List<String> flags = new ArrayList<>(List.of(HEAP));
        flags.addAll(ColdStart.flags(engine.getClass()));
        return flags;
    }

    private void readProbe(String suite, Map<String, String> params, int fork, int round) {
        measurements.add(new Measurement(suite, layer.kind(), params, Measurement.PROBE, fork, round, "gflops",
                probe.gflops()));
    }

    private Path exported(LayerEngine engine) {
        return folder.resolve(engine.subject() + ".layer");
    }

    private Path requests(int samples) {
        return folder.resolve("requests-" + samples);
    }
}
