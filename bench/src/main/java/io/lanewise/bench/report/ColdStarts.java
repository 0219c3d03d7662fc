package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of cold starts, by the circumstances of the start, the model, what was read and of whom. */
record ColdStarts(Map<Case, Map<String, Map<String, List<Row>>>> byCase) {

    static final String SUITE = "cold";
    private static final String START = "start";
    private static final String LAYER = "layer";

    /** What was started, and how. */
    record Case(String start, String layer) {}

    /** Says whether a point is of a start in named circumstances; the service view has others. */
    static boolean isAmong(PointKey point) {
        return point.suite().equals(SUITE) && point.params().containsKey(START);
    }

    static ColdStarts of(Analysis analysis) {
        Map<Case, Map<String, Map<String, List<Row>>>> byCase = new LinkedHashMap<>();
        analysis.loose(SUITE).forEach((point, bySubject) -> {
            if (isAmong(point)) {
                Map<String, List<Row>> read = byCase
                        .computeIfAbsent(new Case(point.param(START), point.param(LAYER)), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(point.name(), _ -> new LinkedHashMap<>());
                bySubject.forEach((subject, rows) -> read.computeIfAbsent(subject, _ -> new ArrayList<>())
                        .addAll(rows));
            }
        });
        return new ColdStarts(byCase);
    }

    /** Returns the rows of a figure; empty where nothing was read. */
    List<Row> rows(Case start, String name, String subject) {
        return byCase.getOrDefault(start, Map.of()).getOrDefault(name, Map.of()).getOrDefault(subject, List.of());
    }

    /** Returns who was started, in the order of the first round. */
    List<String> subjects(Case start) {
        return byCase.get(start).values().stream().flatMap(bySubject -> bySubject.keySet().stream()).distinct()
                .toList();
    }
}
