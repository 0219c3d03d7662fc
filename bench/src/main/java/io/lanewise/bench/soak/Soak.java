package io.lanewise.bench.soak;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;

import io.lanewise.bench.ProcessMemory;
import org.HdrHistogram.Histogram;

/**
 * Runs random requests on every processor for as long as wanted, after a warm-up, and holds what it sees against
 * what is promised: flat memory, no allocation, the same bits on one thread and on several.
 */
public final class Soak {

    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(1);
    private static final double MEBIBYTE = 1 << 20;
    private static final String LINE = "%-40s %12s %10s %10s %10s%n";

    private final Duration measured;
    private final PrintStream out;
    private final int processors = Runtime.getRuntime().availableProcessors();

    private Soak(Duration measured, PrintStream out) {
        this.measured = measured;
        this.out = out;
    }

    /**
     * Runs; exits with 1 and one sentence if a promise is broken.
     *
     * @param arguments how many minutes to measure
     */
    public static void main(String... arguments) throws InterruptedException {
        try {
            new Soak(Duration.ofMinutes(Long.parseLong(arguments[0])), System.out).run();
        } catch (IllegalStateException broken) {
            System.err.println(broken.getMessage());
            System.exit(1);
        } catch (ExecutionException failed) {
            System.err.println(failed.getCause());
            System.exit(1);
        }
    }

    private void run() throws InterruptedException, ExecutionException {
        SoakClock clock = new SoakClock(measured);
        try (SoakModels models = new SoakModels();
                ExecutorService threads = Executors.newFixedThreadPool(processors)) {
            List<Future<SoakTally>> callers = new ArrayList<>();
            for (int caller = 0; caller < processors; caller++) {
                callers.add(threads.submit(new SoakCaller(models, clock, caller)));
            }
            MemoryTrend memory;
            try {
                memory = watch(clock, callers);
            } finally {
                clock.stop();
            }
            SoakTally tally = new SoakTally(models.size());
            for (Future<SoakTally> caller : callers) {
                tally.add(caller.get());
            }
            print(models, tally);
            print(clock, tally, memory);
            requirePromises(tally, memory);
        }
    }

    /** Samples resident memory until the time is over or a caller has failed. */
    private static MemoryTrend watch(SoakClock clock, List<Future<SoakTally>> callers) throws InterruptedException {
        DoubleStream.Builder samples = DoubleStream.builder();
        while (!clock.isOver() && callers.stream().noneMatch(Future::isDone)) {
            Thread.sleep(SAMPLE_EVERY);
            clock.tick();
            if (clock.isWarm()) {
                samples.add(ProcessMemory.resident());
            }
        }
        return new MemoryTrend(samples.build().toArray());
    }

    private void print(SoakModels models, SoakTally tally) {
        out.printf(LINE, "layer", "runs", "p50 µs", "p99 µs", "p99.9 µs");
        for (int model = 0; model < models.size(); model++) {
            print(models.name(model), tally.latencies(model));
        }
        print("all", tally.latencies());
    }

    private void print(SoakClock clock, SoakTally tally, MemoryTrend memory) {
        out.printf("%d callers for %d minutes after %d seconds of warm-up%n", processors, measured.toMinutes(),
                clock.warmUp().toSeconds());
        out.printf("answers computed again by several threads, all with the same bits: %d%n", tally.checks());
        out.printf("bytes allocated: %d in all, by %d runs%n", tally.allocatedBytes(), tally.allocatingRuns());
        out.printf("resident memory: %.1f MiB on average, %+.3f MiB from start to end, noise %.3f MiB: %s%n",
                memory.mean() / MEBIBYTE, memory.growth() / MEBIBYTE, memory.noise() / MEBIBYTE,
                memory.isFlat() ? "flat" : "not flat");
    }

    private void print(String name, Histogram nanos) {
        out.printf(LINE, name, nanos.getTotalCount(), micros(nanos, 50), micros(nanos, 99), micros(nanos, 99.9));
    }

    private static String micros(Histogram nanos, double percentile) {
        return "%.0f".formatted(nanos.getValueAtPercentile(percentile) / 1e3);
    }

    private static void requirePromises(SoakTally tally, MemoryTrend memory) {
        if (tally.allocatedBytes() > 0) {
            throw new IllegalStateException("a run must allocate nothing after warm-up: bytes=" + tally.allocatedBytes()
                    + ", runs=" + tally.allocatingRuns() + ", one of them=" + tally.lastAllocating());
        }
        if (!memory.isFlat()) {
            throw new IllegalStateException("resident memory must stay flat: growth=%.0f, noise=%.0f"
                    .formatted(memory.growth(), memory.noise()));
        }
    }
}
