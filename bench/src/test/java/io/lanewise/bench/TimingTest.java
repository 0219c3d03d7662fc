package io.lanewise.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.lanewise.bench.Timing.Pair;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TimingTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger otherRuns = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();

    /** Work that takes so many nanoseconds, then so many, and in the end always as many as the last time. */
    private Supplier<Integer> taking(AtomicInteger counter, long... nanos) {
        return () -> {
            now.addAndGet(nanos[Math.min(counter.getAndIncrement(), nanos.length - 1)]);
            return counter.get();
        };
    }

    private Pair<Integer, Integer> time(Duration least, Duration most, long[] one, long... other) {
        return new Timing(least, most, now::get).inTurns(taking(runs, one), taking(otherRuns, other),
                rounds::incrementAndGet);
    }

    @Test
    void shouldTakeTwoTurnsEachAtLeast() {
        Timing system = new Timing(Duration.ZERO, Duration.ZERO);
        Pair<Integer, Integer> timed = system.inTurns(runs::incrementAndGet, otherRuns::incrementAndGet,
                rounds::incrementAndGet);
        assertEquals(2, timed.one().result());
        assertEquals(2, timed.other().result());
        assertEquals(2, rounds.get());
        assertTrue(timed.one().nanos() >= 0);
    }

    @Test
    void shouldGiveTheShortestTurn() {
        Pair<Integer, Integer> timed = time(Duration.ZERO, Duration.ofDays(1), new long[]{1000, 101, 99, 103}, 7, 9);
        assertEquals(99, timed.one().nanos());
        assertEquals(7, timed.other().nanos());
    }

    @Test
    void shouldGoOnWhileEitherSideGetsFaster() {
        time(Duration.ZERO, Duration.ofDays(1), new long[]{10}, 1000, 800, 600, 400, 200, 190);
        assertEquals(6, runs.get());
        assertEquals(runs.get(), otherRuns.get());
    }

    @Test
    void shouldStopInTimeThoughASideGetsFaster() {
        time(Duration.ZERO, Duration.ofNanos(2500), new long[]{10}, 1000, 800, 600, 400, 200, 100, 50);
        assertEquals(4, runs.get());
    }

    @Test
    void shouldGoOnForTheLeastTimeThoughNoSideGetsFaster() {
        time(Duration.ofNanos(1000), Duration.ofDays(1), new long[]{10}, 90);
        assertEquals(10, runs.get());
    }
}
