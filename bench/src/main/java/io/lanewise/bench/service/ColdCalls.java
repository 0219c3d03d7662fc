package io.lanewise.bench.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Calls of a cold process, one after the other, and what it had used in between. */
final class ColdCalls {

    private static final long BETWEEN_USAGES = TimeUnit.MILLISECONDS.toNanos(5); // a reading takes microseconds

    private final long start = System.nanoTime();
    private final long[] begins;
    private final long[] nanos;
    private final List<Usage> usages = new ArrayList<>();
    private int calls;

    /** Calls for so long, but not more often than that. */
    ColdCalls(Runnable call, int most, Duration watched) {
        begins = new long[most];
        nanos = new long[most];
        usages.add(Usage.now());
        while (calls < most && System.nanoTime() - start < watched.toNanos()) {
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
