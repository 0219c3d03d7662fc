package io.lanewise.bench.soak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the callers of a soak when to count and when to stop. Warm-up takes a minute at least and ends when no run has
 * allocated anything for a while, since what allocates is not compiled yet. Thread-safe.
 */
final class SoakClock {

    private static final long WARM_UP_LEAST = Duration.ofMinutes(1).toNanos();
    private static final long WARM_UP_MOST = Duration.ofMinutes(5).toNanos();
    private static final long QUIET = Duration.ofSeconds(20).toNanos();

    private final long start = System.nanoTime();
    private final long measuredNanos;
    private final AtomicLong lastAllocation = new AtomicLong(start);
    private volatile boolean warm;
    private volatile long warmSince;
    private volatile boolean stopped;

    SoakClock(Duration measured) {
        measuredNanos = measured.toNanos();
    }

    /** Takes notice of a run that allocated something. */
    void allocated() {
        lastAllocation.set(System.nanoTime());
    }

    /** Looks whether warm-up is over; for one thread. */
    void tick() {
        long now = System.nanoTime();
        boolean quiet = now - start >= WARM_UP_LEAST && now - lastAllocation.get() >= QUIET;
        if (!warm && (quiet || now - start >= WARM_UP_MOST)) {
            warmSince = now;
            warm = true;
        }
    }

    boolean isWarm() {
        return warm;
    }

    /** Ends all, early where a caller has failed. */
    void stop() {
        stopped = true;
    }

    boolean isOver() {
        return stopped || warm && System.nanoTime() - warmSince >= measuredNanos;
    }

    Duration warmUp() {
        return Duration.ofNanos(warmSince - start);
    }
}
