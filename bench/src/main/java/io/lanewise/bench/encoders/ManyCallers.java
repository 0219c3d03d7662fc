package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.HdrHistogram.Histogram;

/**
 * Virtual threads that ask at the same time, each for the next text when it has its answer. What a call takes counts from when its caller is
 * ready, as a caller whose carrier is kept by another's call waits like one in a queue. For one thread.
 */
final class ManyCallers implements Runnable {

    private static final int DIGITS = 3;

    private final List<String> texts;
    private final int callers;
    private final Function<String, float[]> embed;
    private final float[][] answers;
    private final long[] nanos;

    /**
     * Prepares calls.
     *
     * @param texts of all calls, in their order
     */
    ManyCallers(List<String> texts, int callers, Function<String, float[]> embed) {
        this.texts = texts;
        this.callers = callers;
        this.embed = embed;
        this.answers = new float[texts.size()][];
        this.nanos = new long[texts.size()];
    }

    /** Asks for every text once. */
    @Override
    public void run() {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                asking.add(threads.submit(() -> ask(next)));
            }
            for (Future<?> caller : asking) {
                caller.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ask(AtomicInteger next) {
        for (int call = next.getAndIncrement(); call < nanos.length; call = next.getAndIncrement()) {
            long start = System.nanoTime();
            Thread.yield(); // those that are ready go first, as in a service where a request comes when it comes; waiting counts
            answers[call] = embed.apply(texts.get(call));
            nanos[call] = System.nanoTime() - start;
        }
    }

    /** Returns the vectors of the last run, in the order of the texts. */
    float[][] answers() {
        return answers;
    }

    /** Returns what a call of the last run took, in nanoseconds by percentile: {@code p50} and {@code p99}. */
    Map<String, Double> latencies() {
        Histogram histogram = new Histogram(DIGITS);
        for (long call : nanos) {
            histogram.recordValue(call);
        }
        Map<String, Double> latencies = new HashMap<>();
        for (int percentile : List.of(50, 99)) {
            latencies.put("p" + percentile, (double) histogram.getValueAtPercentile(percentile));
        }
        return latencies;
    }
}
