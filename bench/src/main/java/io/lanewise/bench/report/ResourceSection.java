package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** What a process needs besides the time of a request: memory, and time to get going. */
final class ResourceSection {

    /** How a figure is drawn: in a unit that is so many of those it was measured in. */
    private record View(String title, String unit, double size) {}

    private static final double MEBIBYTE = 1 << 20;
    private static final double MILLISECOND = 1e6;
    private static final Map<String, View> VIEWS = Map.of(
            "allocated", new View("Heap allocated for a request", "bytes", 1),
            "peak-resident", new View("Peak resident memory of the process", "MiB", MEBIBYTE),
            "first-answer", new View("First answer, from the start of the JVM", "milliseconds", MILLISECOND),
            "steady", new View("Within 5% of steady, from the start of the JVM", "milliseconds", MILLISECOND),
            "steady-call", new View("A steady request", "milliseconds", MILLISECOND));
    private static final List<String> CONDITIONS = List.of("B", "callers"); // all else is the same everywhere

    private final Analysis analysis;
    private final Table table = new Table("what", "conditions", "who", "figure");
    private final List<byte[]> images = new ArrayList<>();

    ResourceSection(Analysis analysis) {
        this.analysis = analysis;
    }

    Section make() {
        add("memory");
        add(ColdStarts.SUITE);
        return new Section("Memory and cold start", "Each in a process of its own that does the same job.", images,
                table);
    }

    private static boolean isOwn(PointKey point) {
        return VIEWS.containsKey(point.name()) && !ColdStarts.isAmong(point);
    }

    private void add(String suite) {
        Map<String, Map<String, Map<String, Figure>>> byName = new LinkedHashMap<>(); // name, subject, conditions
        analysis.loose(suite).entrySet().stream().filter(entry -> isOwn(entry.getKey())).forEach(entry -> add(
                entry.getKey(), entry.getValue(), byName));
        byName.forEach((name, bySubject) -> images.add(ChartStyle.png(chart(VIEWS.get(name), bySubject))));
    }

    private void add(PointKey point, Map<String, List<Row>> rowsBySubject,
            Map<String, Map<String, Map<String, Figure>>> byName) {
        rowsBySubject.forEach((subject, rows) -> {
            Figure figure = analysis.figures().median(point + " of " + subject, rows);
            table.add(List.of(Cell.of(point.name()), Cell.of(point.sizes()), Cell.of(subject), Cell.of(figure)));
            byName.computeIfAbsent(point.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(subject, _ -> new LinkedHashMap<>()).put(conditions(point), figure);
        });
    }

    private static String conditions(PointKey point) {
        return CONDITIONS.stream().map(name -> name + "=" + point.param(name)).collect(Collectors.joining(", "));
    }

    private static CategoryChart chart(View view, Map<String, Map<String, Figure>> bySubject) {
        CategoryChart chart = new CategoryChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT)
                .title(view.title()).yAxisTitle(view.unit()).build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setAvailableSpaceFill(0.5);
        List<String> conditions = bySubject.values().stream().flatMap(byCondition -> byCondition.keySet().stream())
                .distinct().toList();
        bySubject.forEach((subject, figures) -> chart
                .addSeries(subject, conditions,
                        conditions.stream().map(condition -> bar(figures.get(condition), view.size())).toList())
                .setFillColor(ChartStyle.of(subject)));
        return chart;
    }

    private static double bar(Figure figure, double size) {
        return figure == null ? 0 : figure.value() / size;
    }
}
