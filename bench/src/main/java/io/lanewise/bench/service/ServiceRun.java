package io.lanewise.bench.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.ProcessMemory;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.LayerEngines;
import io.lanewise.bench.peers.OpenLayer;
import io.lanewise.bench.peers.OutputReader;
import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import org.HdrHistogram.Histogram;

/** The process of one engine that serves requests at a steady rate. */
public final class ServiceRun {

    private static final Duration WARM_UP = Duration.ofSeconds(5); // at least so long,
    private static final int WARM_UP_PART = 5; // and at least this part of the requests
    private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9");

    private final ServiceJob job;
    private final List<PaddedBatch> batches;

    private ServiceRun(ServiceJob job) throws IOException {
        this.job = job;
        this.batches = RequestFile.read(job.requests());
    }

    /** Runs the job that {@link ServiceSuite} wrote down. */
    public static void main(String... arguments) throws Exception {
        PeerEnvironment.requireClean();
        ServiceJob job = ServiceJob.of(arguments);
        List<Measurement> figures = new ServiceRun(job).run();
        new ResultFile(Environment.here(), ServiceSuite.COMMAND, figures, List.of()).write(job.result());
    }

    private List<Measurement> run() throws IOException, ExecutionException, InterruptedException {
        try (OpenLayer layer = LayerEngines.of(job.subject()).open(job.layer(), 1);
                ExecutorService threads = Executors.newFixedThreadPool(job.callers())) {
            List<Future<SteadyRate>> callers = new ArrayList<>();
            CyclicBarrier warm = new CyclicBarrier(job.callers());
            for (int caller = 0; caller < job.callers(); caller++) {
                long offset = job.interval().toNanos() * caller / job.callers();
                callers.add(threads.submit(() -> serve(layer, warm, offset)));
            }
            return figures(callers);
        }
    }

    private SteadyRate serve(OpenLayer layer, CyclicBarrier warm, long offsetNanos) throws Exception {
        OutputReader reader = new OutputReader();
        int[] next = {0};
        SteadyRate rate = new SteadyRate(job.interval(), job.count() / job.callers());
        try (LayerCaller caller = layer.newCaller(batches)) {
            Runnable request = () -> {
                reader.read(caller.call(next[0]));
                next[0] = (next[0] + 1) % batches.size();
            };
            warmUp(request);
            warm.await();
            rate.run(System.nanoTime() + offsetNanos, request);
        }
        return rate;
    }

    private void warmUp(Runnable request) {
        long start = System.nanoTime();
        for (int call = 0; call < job.count() / WARM_UP_PART
                || System.nanoTime() - start < WARM_UP.toNanos(); call++) {
            request.run();
        }
    }

    private List<Measurement> figures(List<Future<SteadyRate>> callers)
            throws ExecutionException, InterruptedException {
        SteadyRate first = callers.getFirst().get();
        Histogram latencies = first.latencies();
        long allocated = first.allocatedBytes();
        for (Future<SteadyRate> caller : callers.subList(1, callers.size())) {
            latencies.add(caller.get().latencies());
            allocated += caller.get().allocatedBytes();
        }
        List<Measurement> figures = new ArrayList<>();
        for (String percentile : job.interval().isZero() ? List.<String>of() : PERCENTILES) { // no rate, no latencies
            figures.add(job.latency(percentile, latencies.getValueAtPercentile(Double.parseDouble(percentile))));
        }
        figures.add(job.figure("memory", "allocated", "bytes", (double) allocated / latencies.getTotalCount()));
        figures.add(job.figure("memory", "peak-resident", "bytes", ProcessMemory.peak()));
        return figures;
    }
}
