package io.lanewise.bench.soak;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.HdrHistogram.Histogram;

/** What one caller saw, or all of them together. Not thread-safe. */
final class SoakTally {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final List<Histogram> latencies; // by model
    private long allocatedBytes;
    private long allocatingRuns;
    private String lastAllocating = "";
    private long checked;

    SoakTally(int models) {
        latencies = IntStream.range(0, models).mapToObj(model -> new Histogram(LONGEST, DIGITS)).toList();
    }

    void ran(int model, long nanos) {
        latencies.get(model).recordValue(Math.min(nanos, LONGEST));
    }

    void allocated(long bytes, String request) {
        allocatedBytes += bytes;
        allocatingRuns++;
        lastAllocating = request;
    }

    void checked() {
        checked++;
    }

    void add(SoakTally other) {
        for (int model = 0; model < latencies.size(); model++) {
            latencies.get(model).add(other.latencies.get(model));
        }
        allocatedBytes += other.allocatedBytes;
        allocatingRuns += other.allocatingRuns;
        lastAllocating = other.lastAllocating.isEmpty() ? lastAllocating : other.lastAllocating;
        checked += other.checked;
    }

    /** Returns the latencies of one model's runs in nanoseconds. */
    Histogram latencies(int model) {
        return latencies.get(model);
    }

    /** Returns the latencies of all runs in nanoseconds. */
    Histogram latencies() {
        Histogram all = new Histogram(LONGEST, DIGITS);
        latencies.forEach(all::add);
        return all;
    }

    /** Returns the heap bytes that all runs allocated. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    /** Returns how many runs allocated anything. */
    long allocatingRuns() {
        return allocatingRuns;
    }

    /** Returns one of those requests; empty if there is none. */
    String lastAllocating() {
        return lastAllocating;
    }

    /** Returns how many answers were computed a second time. */
    long checks() {
        return checked;
    }
}
