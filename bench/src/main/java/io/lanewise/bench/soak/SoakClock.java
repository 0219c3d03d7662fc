package io.lanewise.bench.soak;

import java.time.Duration;

/** Tells the callers of a soak when to count and when to stop. Immutable. */
final class SoakClock {

    private final long warm;
    private final long end;

    SoakClock(Duration warmUp, Duration measured) {
        warm = System.nanoTime() + warmUp.toNanos();
        end = warm + measured.toNanos();
    }

    boolean isWarm() {
        return System.nanoTime() - warm >= 0;
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }
}
