package io.lanewise.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * A number on the page.
 *
 * @param id unique in a report, such as {@code f17}
 * @param what it says, in words
 * @param unit of the value
 * @param value as computed
 * @param text as shown
 * @param rows the ids of the rows that it was made of
 */
record Figure(String id, String what, String unit, double value, String text, List<String> rows) {

    /** Writes a value for people: three digits, and a unit of a fitting size. */
    static String text(String unit, double value) {
        return switch (unit) {
            case "ns" -> value < 1e3
                    ? digits(value) + " ns"
                    : value < 1e6
                            ? digits(value / 1e3) + " µs"
                            : value < 1e9 ? digits(value / 1e6) + " ms" : digits(value / 1e9) + " s";
            case "bytes" -> value < 1 << 10
                    ? digits(value) + " B"
                    : value < 1 << 20 ? digits(value / (1 << 10)) + " KiB" : digits(value / (1 << 20)) + " MiB";
            case "ratio" -> digits(value) + "×";
            case "fraction" -> "%.2f".formatted(value);
            case "cosine" -> "%.4f".formatted(value);
            case "error" -> "%.1e".formatted(value);
            default -> digits(value) + " " + unit;
        };
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size == 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
