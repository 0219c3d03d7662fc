package io.lanewise.bench.service;

import java.io.IOException;
import java.util.List;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.OpenLayer;
import io.lanewise.bench.peers.OutputReader;
import io.lanewise.bench.peers.Peers;

/** The process of one engine with a layer, from its start until it is as fast as it gets. */
public final class ColdRun {

    /** A request, and the reading of its answer. No lambda: the first one of a process takes milliseconds. */
    private record Request(LayerCaller caller, OutputReader reader) implements Runnable {

        @Override
        public void run() {
            reader.read(caller.call(0));
        }
    }

    private ColdRun() {}

    /** Runs the job that a suite wrote down; its interval is how long to go on at most. */
    public static void main(String... arguments) throws IOException {
        ColdStart start = new ColdStart();
        ServiceJob job = ServiceJob.of(arguments);
        List<PaddedBatch> batches = RequestFile.read(job.requests());
        LayerEngine engine = (LayerEngine) Peers.ofClass(ColdStart.engine());
        start.reached(ColdStart.MAIN);
        try (OpenLayer layer = engine.open(job.layer(), 1)) {
            start.reached(ColdStart.OPEN);
            try (LayerCaller caller = layer.newCaller(batches)) {
                start.reached(ColdStart.SESSION);
                start.watch(job, new Request(caller, new OutputReader()));
            }
        }
    }
}
