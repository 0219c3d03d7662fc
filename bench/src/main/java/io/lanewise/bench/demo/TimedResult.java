package io.lanewise.bench.demo;

/**
 * One line of the demo's second table.
 *
 * @param result what came out
 * @param naiveNanos time of naive loops; 0 if nothing can be learnt of it
 * @param planNanos time of the plan; 0 if nothing can be learnt of it
 */
record TimedResult(Result result, long naiveNanos, long planNanos) {

    static final String HEADER = "%s %10s %10s %8s".formatted(Result.HEADER, "naive", "plan", "factor");

    /** Returns a line without times, for a layer without arithmetic. */
    static TimedResult untimed(Result result) {
        return new TimedResult(result, 0, 0);
    }

    String line() {
        return "%s %10s %10s %8s%s".formatted(result.cells(), time(naiveNanos), time(planNanos),
                planNanos == 0 ? "–" : "%.1f×".formatted((double) naiveNanos / planNanos), result.verdict());
    }

    private static String time(long nanos) {
        if (nanos == 0) {
            return "–";
        }
        return nanos < 1_000_000
                ? "%.1f µs".formatted(nanos / 1e3)
                : nanos < 1_000_000_000
                        ? "%.1f ms".formatted(nanos / 1e6)
                        : "%.2f s".formatted(nanos / 1e9);
    }
}
