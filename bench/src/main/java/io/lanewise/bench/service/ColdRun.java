package io.lanewise.bench.service;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.LayerEngines;
import io.lanewise.bench.peers.OpenLayer;
import io.lanewise.bench.peers.OutputReader;
import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;

/** The process of one engine from its start until it is as fast as it gets. */
public final class ColdRun {

    /** The property that says when somebody asked for the process, an {@link Instant}. */
    static final String STARTED = "lanewise.bench.started";

    private ColdRun() {}

    /** Runs the job that {@link ServiceSuite} wrote down; its interval is how long to go on. */
    public static void main(String... arguments) throws IOException {
        PeerEnvironment.requireClean();
        Instant started = Instant.parse(System.getProperty(STARTED));
        ServiceJob job = ServiceJob.of(arguments);
        List<PaddedBatch> batches = RequestFile.read(job.requests());
        List<Measurement> figures;
        try (OpenLayer layer = LayerEngines.of(job.subject()).open(job.layer(), 1);
                LayerCaller caller = layer.newCaller(batches)) {
            figures = figures(job, started, caller);
        }
        new ResultFile(Environment.here(), ServiceSuite.COMMAND, figures, List.of()).write(job.result());
    }

    private static List<Measurement> figures(ServiceJob job, Instant started, LayerCaller caller) {
        OutputReader reader = new OutputReader();
        reader.read(caller.call(0));
        long firstAnswer = Duration.between(started, Instant.now()).toNanos();
        long[] ends = new long[job.count() + 1];
        ends[0] = System.nanoTime();
        int calls = 0;
        while (calls < job.count() && ends[calls] - ends[0] < job.interval().toNanos()) {
            reader.read(caller.call(0));
            ends[++calls] = System.nanoTime();
        }
        long[] nanos = new long[calls];
        Arrays.setAll(nanos, call -> ends[call + 1] - ends[call]);
        Settling settling = new Settling(nanos);
        List<Measurement> figures = new ArrayList<>(List.of(job.figure("cold", "first-answer", "ns", firstAnswer),
                job.figure("cold", "steady-call", "ns", settling.steady())));
        settling.firstSteadyCall().ifPresent(call -> figures
                .add(job.figure("cold", "steady", "ns", firstAnswer + ends[call] - ends[0])));
        return figures;
    }
}
