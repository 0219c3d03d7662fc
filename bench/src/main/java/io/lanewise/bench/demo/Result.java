package io.lanewise.bench.demo;

import io.lanewise.bench.Deviation;

/**
 * One line of the demo's first table, and how a line of the second begins.
 *
 * @param name the kind of layer, and which case of it
 * @param shapes the shapes of its inputs
 * @param passes the letters of its passes
 * @param deviation how far the plan's answer is from the truth
 */
record Result(String name, String shapes, String passes, Deviation deviation) {

    static final String HEADER = "%-43s %-20s %-15s %8s %8s".formatted("kind (case)", "shapes [B, L, D]",
            "fused passes", "error", "allowed");

    String line() {
        return cells() + verdict();
    }

    /** Returns the cells under the header. */
    String cells() {
        return "%-43s %-20s %-15s %8s %8s".formatted(name, shapes, passes, number(deviation.error()),
                number(deviation.allowed()));
    }

    /** Returns what a line ends with: nothing, unless the answer is wrong. */
    String verdict() {
        return deviation.isWrong() ? "  WRONG" : "";
    }

    private static String number(double error) {
        return error == 0 ? "0" : "%.1e".formatted(error);
    }
}
