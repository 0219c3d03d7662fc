package io.lanewise.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.lanewise.bench.Timing.Timed;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TimingTest {

    @Test
    void shouldRunAtLeastOnceToWarmUpAndOnceTimed() {
        AtomicInteger runs = new AtomicInteger();
        Timed<Integer> timed = new Timing(Duration.ZERO, Duration.ZERO, 5).median(runs::incrementAndGet);
        assertEquals(2, timed.result());
        assertTrue(timed.nanos() >= 0);
    }

    @Test
    void shouldStopAfterTheMostRuns() {
        AtomicInteger runs = new AtomicInteger();
        assertEquals(6, new Timing(Duration.ZERO, Duration.ofDays(1), 5).median(runs::incrementAndGet).result());
    }
}
