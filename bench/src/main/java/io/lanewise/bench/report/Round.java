package io.lanewise.bench.report;

import java.util.Map;

/**
 * Figures that were taken side by side.
 *
 * @param file where from; rounds of different files are different processes
 * @param fork the process
 * @param round the round in it
 * @param before the probe before it
 * @param after the probe after it, or null where the run ended without
 * @param times by subject, nanoseconds
 */
record Round(String file, int fork, int round, Row before, Row after, Map<String, Row> times) {

    /** The machine was not the same before and after: neither is what was measured in between. */
    static final double LARGEST_MOVE = 0.03;

    /** Says why the round does not count; null if it does. */
    String flaw() {
        if (before == null || after == null) {
            return "no reading of the probe " + (before == null ? "before" : "after") + " it";
        }
        double move = Math.abs(after.value() - before.value()) / before.value();
        return move > LARGEST_MOVE
                ? "the probe moved by %.1f%%, from %.1f to %.1f GFLOP/s".formatted(100 * move, before.value(),
                        after.value())
                : null;
    }

    /** Returns what the machine gave, in 10⁹ operations a second. */
    double probe() {
        return (before.value() + after.value()) / 2;
    }
}
