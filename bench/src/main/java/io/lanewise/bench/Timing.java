package io.lanewise.bench;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A rough clock for a demo: two sides take turns until neither gets faster any more, and the shortest turn of each counts, so
 * that neither what ran before it was compiled does, nor what other work held up. Figures to rely on come from JMH and the
 * report.
 *
 * @param least for how long the two take turns
 * @param most when to stop though one of them still gets faster
 * @param clock what says the time, in nanoseconds
 */
public record Timing(Duration least, Duration most, LongSupplier clock) {

    /** How many turns each side takes at the least. */
    public static final int TURNS = 2;

    private static final double FASTER = 0.9;

    /**
     * What a piece of work took, and what came out.
     *
     * @param nanos the shortest turn
     * @param result what the last turn returned
     */
    public record Timed<T>(long nanos, T result) {}

    /** What each of two sides took. */
    public record Pair<A, B>(Timed<A> one, Timed<B> other) {}

    private static final class Side<T> {

        private final Supplier<T> work;
        private long shortest = Long.MAX_VALUE;
        private boolean getsFaster;
        private T result; // kept, so that no compiler can leave a run out

        Side(Supplier<T> work) {
            this.work = work;
        }

        void run(LongSupplier clock) {
            long start = clock.getAsLong();
            result = work.get();
            long turn = clock.getAsLong() - start;
            getsFaster = turn < FASTER * shortest;
            shortest = Math.min(shortest, turn);
        }

        Timed<T> timed() {
            return new Timed<>(shortest, result);
        }
    }

    /** A clock that goes by the system's. */
    public Timing(Duration least, Duration most) {
        this(least, most, System::nanoTime);
    }

    /**
     * Times two pieces of work on the calling thread.
     *
     * @param afterRound is run whenever both have had a turn
     */
    public <A, B> Pair<A, B> inTurns(Supplier<A> work, Supplier<B> otherWork, Runnable afterRound) {
        Side<A> one = new Side<>(work);
        Side<B> other = new Side<>(otherWork);
        long start = clock.getAsLong();
        long spent = 0;
        for (int round = 0; round < TURNS || spent < least.toNanos()
                || spent < most.toNanos() && (one.getsFaster || other.getsFaster); round++) {
            one.run(clock);
            other.run(clock);
            afterRound.run();
            spent = clock.getAsLong() - start;
        }
        return new Pair<>(one.timed(), other.timed());
    }
}
