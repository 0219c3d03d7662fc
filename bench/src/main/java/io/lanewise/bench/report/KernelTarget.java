package io.lanewise.bench.report;

import java.util.Set;

/**
 * What a kernel is meant to reach at one size.
 *
 * @param yardstick what it is measured by
 * @param bound the target
 */
record KernelTarget(Yardstick yardstick, double bound) {

    /** What a kernel's speed is held against. */
    enum Yardstick {
        /** The multiply-adds that the core's units give from registers. */
        PROBE("of the FMA probe", "fraction", true),
        /** Time for each cell of the result. */
        CELL("a cell", "ns", false),
        /** What the cache level that holds the weight lets the core read. */
        READ("of the read bandwidth", "fraction", true),
        /** What the cache level that holds all rows lets the core copy. */
        COPY("of the copy bandwidth", "fraction", true);

        final String words;
        final String unit;
        final boolean moreIsBetter;

        Yardstick(String words, String unit, boolean moreIsBetter) {
            this.words = words;
            this.unit = unit;
            this.moreIsBetter = moreIsBetter;
        }
    }

    private static final double NARROW_MATMUL = 0.80;
    private static final Set<String> LONG_BATCHES = Set.of("512×2048", "2048×512");
    private static final Set<String> SOFTMAX_KEYS = Set.of("15", "80", "512");

    /** Returns the target of a point, with vectors of 512 bits or shorter ones; null where none was set. */
    static KernelTarget of(PointKey point, boolean wide) {
        return switch (point.name()) {
            case "matmul" ->
                matMul(Integer.parseInt(point.param("m")), point.param("n") + "×" + point.param("k"), wide);
            case "row-scores", "row-context" -> wide && point.param("keys").equals("80") ? rows(point) : null;
            case "masked-softmax" -> wide && SOFTMAX_KEYS.contains(point.param("keys"))
                    ? new KernelTarget(Yardstick.CELL, 1.0)
                    : null;
            case "fused-norm" -> wide ? new KernelTarget(Yardstick.COPY, 0.7) : null;
            default -> null;
        };
    }

    private static KernelTarget matMul(int m, String weight, boolean wide) {
        if (LONG_BATCHES.contains(weight)) {
            return wide ? new KernelTarget(Yardstick.PROBE, 0.88) : null;
        }
        if (!weight.equals("512×512") || !wide && m < 64) {
            return null;
        }
        if (m == 1) {
            return new KernelTarget(Yardstick.READ, 0.8);
        }
        double bound = m >= 64 ? 0.90 : m >= 24 ? 0.85 : m >= 15 ? 0.70 : 0;
        return bound == 0 ? null : new KernelTarget(Yardstick.PROBE, wide ? bound : NARROW_MATMUL);
    }

    private static KernelTarget rows(PointKey point) {
        return switch (point.param("features")) {
            case "512" -> new KernelTarget(Yardstick.PROBE, 0.75);
            case "64" -> new KernelTarget(Yardstick.PROBE, 0.60);
            default -> null;
        };
    }

    boolean isReached(double value) {
        return yardstick.moreIsBetter ? value >= bound : value <= bound;
    }

    String text() {
        return (yardstick.moreIsBetter ? "≥ " : "≤ ") + Figure.text(yardstick.unit, bound) + " " + yardstick.words;
    }
}
