package io.lanewise.bench.service;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.ThreadMXBean;
import org.HdrHistogram.Histogram;

/**
 * One caller who sends a request every so often, whatever became of the ones before. A latency counts from when the request
 * was due and not from when it could be sent, so that a slow answer also counts for those who waited behind it: nothing is
 * left of what is known as coordinated omission. Not thread-safe.
 */
final class SteadyRate {

    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100); // a sleeper wakes up to so much late
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final long intervalNanos;
    private final int requests;
    private final Histogram latencies = new Histogram(LONGEST, DIGITS);
    private long allocatedBytes;

    SteadyRate(Duration interval, int requests) {
        this.intervalNanos = interval.toNanos();
        this.requests = requests;
    }

    /** Sends all requests, the first one at the given {@link System#nanoTime()}. */
    void run(long start, Runnable request) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < requests; i++) {
            long due = start + i * intervalNanos;
            await(due);
            request.run();
            latencies.recordValue(Math.min(System.nanoTime() - due, LONGEST));
        }
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void await(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
            left = due - System.nanoTime();
        }
    }

    /** Returns the latencies in nanoseconds. */
    Histogram latencies() {
        return latencies;
    }

    /** Returns the heap bytes that the caller's thread allocated for all requests. */
    long allocatedBytes() {
        return allocatedBytes;
    }
}
