package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;

/** Result files made up for tests. */
final class ResultFiles {

    static final Map<String, String> PARAMS = Map.of("B", "128", "lengths", "full");

    private ResultFiles() {}

    static ResultFile of(List<Measurement> measurements, String... failures) {
        Environment machine = new Environment("a <CPU>", 2, 1L << 34, "an OS", "a JVM", "a vendor", List.of("-flag"),
                "vectors", "abc123", "2026-11-22T00:00:00Z", Map.of("openblas", "kernel <Zen>, threads 1"));
        return new ResultFile(machine, "mvn -q -Pbench", measurements, List.of(failures));
    }

    /** A point of the layer {@code co-attention} in one process: readings of the probe, and one round less of times. */
    static List<Measurement> layer(double[] probe, double[] lanewise, double[] naive) {
        List<Measurement> rows = new ArrayList<>();
        rows.add(row("lanewise", 0, "multiply-adds", 1000));
        for (int round = 0; round < probe.length; round++) {
            rows.add(row("probe", round, "gflops", probe[round]));
        }
        for (int round = 0; round < lanewise.length; round++) {
            rows.add(row("naive", round, "ns", naive[round]));
            rows.add(row("lanewise", round, "ns", lanewise[round]));
        }
        return rows;
    }

    static Measurement row(String subject, int round, String unit, double value) {
        return new Measurement("layer", "co-attention", PARAMS, subject, 0, round, unit, value);
    }
}
