package io.lanewise.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A rough clock for a demo: warms up for some time, then takes the median of a few runs. Figures to rely on come from JMH.
 *
 * @param warmUp how long to run without looking at the clock, one run at least
 * @param timed how long to go on after that, one run at least
 * @param mostRuns after how many timed runs to stop at the latest
 */
public record Timing(Duration warmUp, Duration timed, int mostRuns) {

    /**
     * What a piece of work took, and what came out.
     *
     * @param nanos the median
     * @param result what the last run returned
     */
    public record Timed<T>(long nanos, T result) {}

    /** Times a piece of work. */
    public <T> Timed<T> median(Supplier<T> work) {
        long start = System.nanoTime();
        do {
            work.get();
        } while (System.nanoTime() - start < warmUp.toNanos());
        long[] times = new long[mostRuns];
        int runs = 0;
        T result;
        long timedStart = System.nanoTime();
        do {
            long before = System.nanoTime();
            result = work.get();
            times[runs++] = System.nanoTime() - before;
        } while (runs < mostRuns && System.nanoTime() - timedStart < timed.toNanos());
        Arrays.sort(times, 0, runs);
        return new Timed<>(times[runs / 2], result);
    }
}
