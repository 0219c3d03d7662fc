package io.lanewise.bench.service;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds when a process had become as fast as it gets. Its steady time is the median of the last quarter of its calls; it is
 * there with the first window of calls whose median is within 5% of that.
 */
final class Settling {

    /** Calls whose median says how fast the process is; single calls say how busy the machine is. */
    static final int WINDOW = 25;
    private static final double CLOSE = 1.05;
    private static final double LAST_PART = 0.25;

    private final long[] nanos;

    /** @param nanos how long each call took, in order; at least one */
    Settling(long... nanos) {
        this.nanos = nanos.clone();
    }

    /** Returns the steady time of a call, in nanoseconds. */
    long steady() {
        int last = Math.max(1, (int) (nanos.length * LAST_PART));
        return median(nanos.length - last, nanos.length);
    }

    /** Returns the first call of the first window as fast as the steady time; nothing where too few calls were seen. */
    OptionalInt firstSteadyCall() {
        if (nanos.length * LAST_PART < WINDOW) {
            return OptionalInt.empty();
        }
        long enough = (long) (steady() * CLOSE);
        return IntStream.rangeClosed(0, nanos.length - WINDOW).filter(call -> median(call, call + WINDOW) <= enough)
                .findFirst();
    }

    private long median(int from, int to) {
        long[] sorted = Arrays.copyOfRange(nanos, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
