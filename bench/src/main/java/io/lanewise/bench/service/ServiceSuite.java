package io.lanewise.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Takes the service view of every engine that this build has, each in processes of its own, the engines in turn: latencies
 * from one caller and from as many as there are cores, memory at B=1 and B=128, and cold starts.
 */
public final class ServiceSuite {

    static final String COMMAND = "mvn -q -Pbench,peers";
    private static final int SINGLE_REQUESTS = 64;
    private static final int BATCH = 128;
    private static final int BATCH_REQUESTS = 20;
    private static final int MOST_COLD_CALLS = 200_000;
    private static final long BATCH_SEED = 3;

    private final ServicePlan plan;
    private final PaperLayer layer;
    private final Path folder;
    private final FmaProbe probe = new FmaProbe();
    private final List<Measurement> measurements = new ArrayList<>();

    private ServiceSuite(ServicePlan plan, Path folder) {
        this.plan = plan;
        this.layer = PaperLayer.of(plan.layer());
        this.folder = folder;
    }

    /**
     * Takes all figures.
     *
     * @param folder for files that the processes exchange; it must exist
     */
    public static List<Measurement> run(ServicePlan plan, Path folder) throws IOException, InterruptedException {
        ServiceSuite suite = new ServiceSuite(plan, folder);
        suite.run();
        return suite.measurements;
    }

    /** Takes the figures of a plan, {@code quick} or {@code full}, and writes them to a file: {@code PLAN FILE}. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        ServicePlan plan = arguments[0].equals("full") ? ServicePlan.FULL : ServicePlan.QUICK;
        Path folder = Files.createTempDirectory("lanewise-service");
        new ResultFile(Environment.here(), COMMAND, run(plan, folder), List.of()).write(Path.of(arguments[1]));
    }

    private void run() throws IOException, InterruptedException {
        List<LayerEngine> engines = LayerEngines.all();
        for (LayerEngine engine : engines) {
            engine.export(layer, exported(engine));
        }
        RequestFile.write(requests(1), IntStream.range(0, SINGLE_REQUESTS)
                .mapToObj(i -> layer.batch(1, RowLengths.REAL, BATCH_SEED + i)).toList());
        PaddedBatch large = layer.batch(BATCH, RowLengths.REAL, BATCH_SEED);
        RequestFile.write(requests(BATCH), List.of(large));
        for (int fork = 0; fork < plan.forks(); fork++) {
            for (int callers : new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors()))) {
                measure(ServiceRun.class, engines, 1, callers, fork, plan.requests(), plan.interval());
            }
            measure(ServiceRun.class, engines, BATCH, 1, fork, BATCH_REQUESTS, Duration.ZERO);
            measure(ColdRun.class, engines, 1, 1, fork, MOST_COLD_CALLS, plan.cold());
        }
    }

    /** Runs the engines one after the other, a reading of the probe before each and after the last. */
    private void measure(Class<?> main, List<LayerEngine> engines, int samples, int callers, int fork, int count,
            Duration interval) throws IOException, InterruptedException {
        Map<String, String> params = Map.of("B", Integer.toString(samples), "callers", Integer.toString(callers),
                "lengths", "real");
        String suite = main == ColdRun.class ? "cold" : "service";
        int round = 0;
        for (LayerEngine engine : engines) {
            readProbe(suite, params, fork, round++);
            Path result = folder.resolve("result.json");
            ChildJvm.run(main, new ServiceJob(engine.subject(), layer.kind(), params, fork, exported(engine),
                    requests(samples), callers, count, interval, result).arguments());
            measurements.addAll(ResultFile.read(result).measurements());
        }
        readProbe(suite, params, fork, round);
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
