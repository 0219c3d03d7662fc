package io.lanewise.bench.service;

import java.util.Arrays;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SettlingTest {

    private static final int CALLS = 400;

    @Test
    void shouldFindTheWindowThatIsMostlyFast() {
        long[] nanos = calls(100, 50);
        // a window of 25 has a fast median once 13 of its calls are fast
        assertEquals(OptionalInt.of(100 - 12), new Settling(nanos).firstSteadyCall());
        assertEquals(50, new Settling(nanos).steady());
    }

    @Test
    void shouldBeSteadyAtOnceWhenAllCallsAreAlike() {
        assertEquals(OptionalInt.of(0), new Settling(calls(0, 50)).firstSteadyCall());
    }

    @Test
    void shouldNotMindSingleSlowCalls() {
        long[] nanos = calls(0, 50);
        nanos[3] = 1_000_000;
        nanos[CALLS - 1] = 1_000_000;
        assertEquals(OptionalInt.of(0), new Settling(nanos).firstSteadyCall());
    }

    @Test
    void shouldSayNothingOfAFewCalls() {
        assertEquals(OptionalInt.empty(), new Settling(9, 8, 7, 6).firstSteadyCall());
    }

    /** So many slow calls, then fast ones. */
    private static long[] calls(int slow, long fast) {
        long[] nanos = new long[CALLS];
        Arrays.fill(nanos, fast);
        Arrays.fill(nanos, 0, slow, 1000);
        return nanos;
    }
}
