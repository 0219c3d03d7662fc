package io.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;

/** Every row of every result file, numbered. */
record RawData(List<Source> sources, List<Row> rows) {

    /** Suites whose figures mean nothing without knowing what the machine gave in that moment. */
    private static final Set<String> TIMED = Set.of("kernel", "layer", "peer", "ablation", "tokenizer", "encoder");

    /**
     * Reads every {@code .json} of a directory, by name.
     *
     * @throws IllegalArgumentException if a file has no readings of the FMA probe, at all or for a point that it timed
     */
    static RawData read(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
        List<Source> sources = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (Path path : files) {
            String file = path.getFileName().toString();
            ResultFile results = ResultFile.read(path);
            requireProbe(file, results.measurements());
            sources.add(new Source(file, results.command(), results.environment(), results.failures()));
            results.measurements().forEach(row -> rows.add(new Row("r" + (rows.size() + 1), file, row)));
        }
        return new RawData(List.copyOf(sources), List.copyOf(rows));
    }

    /** Returns what could not be measured and why, in words. */
    List<String> failures() {
        return sources.stream().flatMap(source -> source.failures().stream()).toList();
    }

    private static void requireProbe(String file, List<Measurement> measurements) {
        Map<PointKey, Integer> readings = new LinkedHashMap<>();
        int all = 0;
        for (Measurement row : measurements) {
            int reading = isReading(row) ? 1 : 0;
            all += reading;
            if (TIMED.contains(row.suite())) {
                readings.merge(PointKey.of(row), reading, Integer::sum);
            }
        }
        if (all == 0) {
            throw new IllegalArgumentException(
                    "a result file must hold readings of the FMA probe: file=%s, rows=%d, probe readings=0"
                            .formatted(file, measurements.size()));
        }
        readings.forEach((point, count) -> {
            if (count == 0) {
                throw new IllegalArgumentException(
                        "every timed point must have readings of the FMA probe: file=%s, point=%s, probe readings=0"
                                .formatted(file, point));
            }
        });
    }

    private static boolean isReading(Measurement row) {
        return row.isProbe() && row.unit().equals("gflops");
    }
}
