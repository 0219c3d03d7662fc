package io.lanewise.bench.demo;

import io.lanewise.bench.Deviation;

/**
 * One line of the demo's tables.
 *
 * @param name the kind of layer, and which case of it
 * @param shapes the shapes of its inputs
 * @param passes the letters of its passes
 * @param deviation how far the plan's answer is from the truth
 * @param naiveNanos time of naive loops
 * @param planNanos time of the plan
 */
record Result(String name, String shapes, String passes, Deviation deviation, long naiveNanos, long planNanos) {

    static final String HEADER = "%-43s %-20s %-15s %8s %8s %10s %10s %8s".formatted("kind (case)", "shapes [B, L, D]",
            "fused passes", "error", "allowed", "naive", "plan", "factor");

    String line() {
        return "%-43s %-20s %-15s %8s %8s %10s %10s %8s%s".formatted(name, shapes, passes, number(deviation.error()),
                number(deviation.allowed()), time(naiveNanos), time(planNanos),
                "%.1f×".formatted((double) naiveNanos / planNanos), deviation.isWrong() ? "  WRONG" : "");
    }

    private static String number(double error) {
        return error == 0 ? "0" : "%.1e".formatted(error);
    }

    private static String time(long nanos) {
        return nanos < 1_000_000
                ? "%.1f µs".formatted(nanos / 1e3)
                : nanos < 1_000_000_000
                        ? "%.1f ms".formatted(nanos / 1e6)
                        : "%.2f s".formatted(nanos / 1e9);
    }
}
