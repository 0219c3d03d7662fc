package io.lanewise.bench.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Calls of a cold process, one after the other, and what it had used in between. They end when the process has been steady for as long as
 * it took to get there, after a while at least: what serves until something better is compiled may look steady too.
 */
final class ColdCalls {

    private static final long BETWEEN_USAGES = TimeUnit.MILLISECONDS.toNanos(5); // a reading takes microseconds
    private static final int GROWTH = 4; // a look whether it is steady after each further quarter

    private final long start = System.nanoTime();
    private final long[] begins;
    private final long[] nanos;
    private final List<Usage> usages = new ArrayList<>();
    private int calls;

    /**
     * Calls.
     *
     * @param most how often
     * @param least how long
     * @param longest how long in the end, steady or not
     */
    ColdCalls(Runnable call, int most, Duration least, Duration longest) {
        begins = new long[most];
        nanos = new long[most];
        usages.add(Usage.now());
        long watched = Math.min(least.toNanos(), longest.toNanos());
        callUntil(watched, call);
        while (calls < most && watched < longest.toNanos() && !wasSteadyFor(watched / 2)) {
            watched = Math.min(watched + watched / GROWTH, longest.toNanos());
            callUntil(watched, call);
        }
    }

    private boolean wasSteadyFor(long time) {
        OptionalInt steady = firstSteadyCall();
        return steady.isPresent() && until(calls - 1) - until(steady.getAsInt()) >= time;
    }

    private void callUntil(long watched, Runnable call) {
        while (calls < begins.length && System.nanoTime() - start < watched) {
            begins[calls] = System.nanoTime();
            call.run();
            long end = System.nanoTime();
            nanos[calls] = end - begins[calls];
            calls++;
            if (end - usages.getLast().time() >= BETWEEN_USAGES) {
                usages.add(Usage.now());
            }
        }
    }

    /** Says when the calls were as fast as they get. */
    Settling settling() {
        return new Settling(Arrays.copyOf(nanos, calls));
    }

    /** Returns the nanoseconds until a call began. */
    long until(int call) {
        return begins[call] - start;
    }

    /** Returns what was used when a call began, as soon after as it was read. */
    Usage usage(int call) {
        return usages.stream().filter(usage -> usage.time() >= begins[call]).findFirst().orElseGet(usages::getLast);
    }

    /** Returns the first call as fast as they get; nothing where too few calls were seen. */
    OptionalInt firstSteadyCall() {
        return settling().firstSteadyCall();
    }
}
