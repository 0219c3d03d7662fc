package io.lanewise.bench.rounds;

import java.time.Duration;

/**
 * How long a point is timed.
 *
 * @param rounds turns of every subject
 * @param warmUp how long every subject runs first, one call at least
 * @param turn how long a turn takes, one call at least
 */
public record RoundPlan(int rounds, Duration warmUp, Duration turn) {}
