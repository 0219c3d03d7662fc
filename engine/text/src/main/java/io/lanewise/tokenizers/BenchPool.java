package io.lanewise.tokenizers;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Benches that wait for the next text, as many as there are processors; a caller who finds none makes one. A thread owns nothing
 * here, so that threads that come and go leave nothing behind.
 *
 * <p>Of benches that a very long text has made large, one waits, and only until memory is needed: a new one would cost such a
 * text a fifth of its time, most of it for memory that the system has yet to give.
 */
final class BenchPool {

    private static final long MOST_KEPT_BYTES = 8 << 20;
    /** A text that makes a bench large has as many units, unless each becomes ten code points. */
    private static final int LONG_UNITS = 1 << 13;

    private final Pipeline pipeline;
    private final AtomicReferenceArray<Pipeline.Bench> waiting = new AtomicReferenceArray<>(
            Runtime.getRuntime().availableProcessors());
    private final AtomicReference<SoftReference<Pipeline.Bench>> large = new AtomicReference<>();

    BenchPool(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Takes a bench for texts of so many UTF-16 units together. */
    Pipeline.Bench take(long units) {
        Pipeline.Bench kept = units < LONG_UNITS ? null : bench(large.getAndSet(null));
        if (kept != null) {
            return kept;
        }
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
            keepLarge(bench);
            return;
        }
        for (int i = 0; i < waiting.length(); i++) {
            if (waiting.get(i) == null && waiting.compareAndSet(i, null, bench)) {
                return;
            }
        }
    }

    /** Keeps the larger one of two. */
    private void keepLarge(Pipeline.Bench bench) {
        Pipeline.Bench other = bench(large.get());
        if (other == null || other.keptBytes() < bench.keptBytes()) {
            large.set(new SoftReference<>(bench));
        }
    }

    private static Pipeline.Bench bench(SoftReference<Pipeline.Bench> kept) {
        return kept == null ? null : kept.get();
    }
}
