package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All rows, those of each timed point as rounds, and the figures made of them so far. */
record Analysis(RawData raw, List<PointRounds> points, Figures figures) {

    private static final Set<String> IN_ROUNDS = Set.of("kernel", "layer", "peer", "ablation", "tokenizer", "encoder");

    static Analysis of(RawData raw) {
        Map<PointKey, List<Row>> byPoint = new LinkedHashMap<>();
        for (Row row : raw.rows()) {
            if (IN_ROUNDS.contains(row.measurement().suite())) {
                byPoint.computeIfAbsent(PointKey.of(row.measurement()), _ -> new ArrayList<>()).add(row);
            }
        }
        List<PointRounds> points = new ArrayList<>();
        byPoint.forEach((key, rows) -> points.add(new PointRounds(key, rows)));
        return new Analysis(raw, points, new Figures());
    }

    List<PointRounds> suite(String suite) {
        return points.stream().filter(point -> point.point().suite().equals(suite)).toList();
    }

    /** Returns the rows of a suite that is not timed in rounds, by what they measure and of whom. */
    Map<PointKey, Map<String, List<Row>>> loose(String suite) {
        Map<PointKey, Map<String, List<Row>>> loose = new LinkedHashMap<>();
        for (Row row : raw.rows()) {
            boolean isPart = row.measurement().suite().equals(suite) && !row.measurement().unit().equals("gflops");
            if (isPart) {
                loose.computeIfAbsent(PointKey.of(row.measurement()), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(row.measurement().subject(), _ -> new ArrayList<>()).add(row);
            }
        }
        return loose;
    }

    List<Dropped> dropped() {
        return points.stream().map(PointRounds::dropped).flatMap(List::stream).toList();
    }

    int keptRounds() {
        return points.stream().mapToInt(point -> point.kept().size()).sum();
    }
}
