package io.lanewise.bench.rounds;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Something to be timed. Immutable; cheap until it is set up.
 *
 * @param suite what it belongs to
 * @param name what is run
 * @param params sizes and conditions by name; the words are those of {@link io.lanewise.bench.result.Measurement}
 * @param setup makes the subjects, and throws if they do not agree
 */
public record Point(String suite, String name, Map<String, String> params, Supplier<Setup> setup) {

    /** Returns what names the point on a command line, such as {@code kernel/matmul/k=512:m=15:n=512}; no commas, which JMH splits at. */
    public String id() {
        String sizes = new TreeMap<>(params).toString().replace(", ", ":");
        return suite + "/" + name + "/" + sizes.substring(1, sizes.length() - 1);
    }

    /**
     * Returns the point of an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Point find(List<Point> points, String id) {
        return points.stream().filter(point -> point.id().equals(id)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("point must be one of " + points.size() + ": point=" + id));
    }
}
