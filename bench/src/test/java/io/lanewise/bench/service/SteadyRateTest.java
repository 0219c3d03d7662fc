package io.lanewise.bench.service;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SteadyRateTest {

    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final long PAUSE = Duration.ofMillis(60).toNanos();
    private static final int REQUESTS = 100;

    @Test
    void shouldCountThoseWhoWaitedBehindASlowAnswer() {
        SteadyRate rate = new SteadyRate(INTERVAL, REQUESTS);
        int[] sent = {0};
        rate.run(System.nanoTime(), () -> {
            if (sent[0]++ == 10) {
                pause();
            }
        });
        assertEquals(REQUESTS, rate.latencies().getTotalCount());
        // the 30 requests after it each waited for at least half of the pause
        assertTrue(rate.latencies().getCountBetweenValues(PAUSE / 2, Long.MAX_VALUE / 2) >= 29,
                rate.latencies().getValueAtPercentile(75) + " ns at 75%");
    }

    private static void pause() {
        long end = System.nanoTime() + PAUSE;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void shouldKeepItsRate() {
        long start = System.nanoTime();
        new SteadyRate(INTERVAL, REQUESTS).run(start, () -> {});
        assertTrue(System.nanoTime() - start >= INTERVAL.toNanos() * (REQUESTS - 1));
    }
}
