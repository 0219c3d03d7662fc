package io.lanewise.bench.service;

import java.time.Duration;

/**
 * How long the service view takes.
 *
 * @param layer the layer that is served, a label of {@link io.lanewise.bench.peers.PaperLayer}
 * @param forks processes for each figure
 * @param requests of all callers together
 * @param interval from one request of a caller to the next; above the slowest engine's time for one, or it falls behind
 * @param cold how long a cold process is watched
 */
public record ServicePlan(String layer, int forks, int requests, Duration interval, Duration cold) {

    /** The plan of the report: 10,000 requests, 200 a second from each caller. */
    public static final ServicePlan FULL = new ServicePlan("co-attention", 3, 10_000, Duration.ofMillis(5),
            Duration.ofSeconds(20));

    /** A plan of seconds, for trying things out. */
    public static final ServicePlan QUICK = new ServicePlan("co-attention", 1, 500, Duration.ofMillis(5),
            Duration.ofSeconds(4));
}
