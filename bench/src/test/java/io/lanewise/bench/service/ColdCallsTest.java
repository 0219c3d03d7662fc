package io.lanewise.bench.service;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ColdCallsTest {

    private static final long SLOW = Duration.ofMillis(4).toNanos();
    private static final int SLOW_CALLS = 20;
    private static final int TRIES = 10;

    private int made;

    private void call() {
        long end = System.nanoTime() + (made++ < SLOW_CALLS ? SLOW : SLOW / 8);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Others may have the processor while a fast call is made, which then is a slow one: one of some tries goes undisturbed. */
    @Test
    void shouldSayWhatWasUsedUntilCallsWereFast() {
        ColdCalls calls = null;
        int first = 0;
        for (int i = 0; i < TRIES && (calls == null || first > SLOW_CALLS); i++) {
            made = 0;
            calls = new ColdCalls(this::call, 200, Duration.ofMinutes(1), Duration.ofMinutes(1));
            assertEquals(200, made);
            first = calls.firstSteadyCall().orElseThrow();
        }
        assertTrue(first > 0 && first <= SLOW_CALLS, "steady at " + first);
        assertTrue(calls.until(first) >= first * SLOW, calls.until(first) + " ns");
        Usage before = calls.usage(0);
        Usage usage = calls.usage(first);
        assertTrue(usage.time() > before.time() && usage.cpuNanos() >= before.cpuNanos(), usage.toString());
        assertTrue(usage.allocatedBytes() > 0, usage.toString());
    }

    @Test
    void shouldGoOnUntilItHasBeenSteadyForAsLongAsItTook() {
        long start = System.nanoTime();
        ColdCalls calls = new ColdCalls(this::call, 1_000_000, Duration.ofMillis(30), Duration.ofMinutes(1));
        long took = calls.until(calls.firstSteadyCall().orElseThrow());
        assertTrue(System.nanoTime() - start >= took * 2, "steady after " + took + " ns");
        assertTrue(made < 1_000_000);
    }

    @Test
    void shouldEndInTimeWhateverItSees() {
        long[] slower = {1000};
        long start = System.nanoTime();
        new ColdCalls(() -> {
            long end = System.nanoTime() + (slower[0] += slower[0] / 8);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }, 1_000_000, Duration.ofMillis(10), Duration.ofMillis(50));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
    }
}
