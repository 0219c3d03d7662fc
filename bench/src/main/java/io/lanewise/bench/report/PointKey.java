package io.lanewise.bench.report;

import java.util.Map;
import java.util.stream.Collectors;

import io.lanewise.bench.result.Measurement;

/** What was measured: rows with the same key can be compared. */
record PointKey(String suite, String name, Map<String, String> params) {

    static PointKey of(Measurement row) {
        return new PointKey(row.suite(), row.name(), row.params());
    }

    String param(String name) {
        return params.getOrDefault(name, "");
    }

    /** Returns the parameters alone, {@code k=512, m=15, n=512}. */
    String sizes() {
        return params.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return suite + "/" + name + " (" + sizes() + ")";
    }
}
