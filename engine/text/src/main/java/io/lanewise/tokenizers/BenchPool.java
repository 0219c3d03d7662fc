package io.lanewise.tokenizers;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Benches that wait for the next text, as many as there are processors; a caller who finds none makes one. A thread owns nothing
 * here, so that threads that come and go leave nothing behind.
 */
final class BenchPool {

    /** A bench that a very long text has made large is not kept. */
    private static final long MOST_KEPT_BYTES = 8 << 20;

    private final Pipeline pipeline;
    private final AtomicReferenceArray<Pipeline.Bench> waiting = new AtomicReferenceArray<>(
            Runtime.getRuntime().availableProcessors());

    BenchPool(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    Pipeline.Bench take() {
        for (int i = 0; i < waiting.length(); i++) {
            Pipeline.Bench bench = waiting.get(i);
            if (bench != null && waiting.compareAndSet(i, bench, null)) {
                return bench;
            }
        }
        return pipeline.newBench();
    }

    void giveBack(Pipeline.Bench bench) {
        if (bench.keptBytes() > MOST_KEPT_BYTES) {
            return;
        }
        for (int i = 0; i < waiting.length(); i++) {
            if (waiting.get(i) == null && waiting.compareAndSet(i, null, bench)) {
                return;
            }
        }
    }
}
