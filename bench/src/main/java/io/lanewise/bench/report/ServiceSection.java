package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What a caller of a service sees: single requests at a steady rate, and how long the slowest of them take. */
final class ServiceSection {

    private static final String PERCENTILE = "percentile";

    private final Analysis analysis;
    private final Table table = new Table("job", "conditions", "who", "percentile", "latency");
    private final Map<String, Map<String, SortedMap<Double, Figure>>> jobs = new LinkedHashMap<>();

    ServiceSection(Analysis analysis) {
        this.analysis = analysis;
    }

    Section make() {
        analysis.loose("service").forEach((point, bySubject) -> bySubject.forEach((subject, rows) -> {
            if (!point.param(PERCENTILE).isEmpty()) {
                add(point, subject, rows);
            }
        }));
        List<byte[]> images = new ArrayList<>();
        jobs.forEach((job, bySubject) -> images.add(ChartStyle.png(chart(job, bySubject))));
        return new Section("Latency of single requests",
                "B=1 at a steady rate; latency from the moment when a request was due.", images, table);
    }

    private void add(PointKey point, String subject, List<Row> rows) {
        Map<String, String> conditions = new TreeMap<>(point.params());
        double percentile = Double.parseDouble(conditions.remove(PERCENTILE));
        PointKey job = new PointKey(point.suite(), point.name(), conditions);
        Figure figure = analysis.figures().median("latency of " + subject + ", " + point, rows);
        jobs.computeIfAbsent(job.name() + ", " + job.sizes(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(subject, _ -> new TreeMap<>(Comparator.naturalOrder())).put(percentile, figure);
        table.add(List.of(Cell.of(point.name()), Cell.of(job.sizes()), Cell.of(subject), Cell.of(label(percentile)),
                Cell.of(figure)));
    }

    private static String label(double percentile) {
        return "p" + (percentile == Math.rint(percentile) ? Long.toString((long) percentile) : percentile);
    }

    private static CategoryChart chart(String job, Map<String, SortedMap<Double, Figure>> bySubject) {
        CategoryChart chart = new CategoryChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT)
                .title("Latency of a request: " + job).xAxisTitle("percentile of requests")
                .yAxisTitle("latency (log scale)").build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        ChartStyle.showDoublings(chart.getStyler(), "ns");
        chart.getStyler().setOverlapped(true);
        bySubject.forEach((subject, line) -> {
            CategorySeries series = chart.addSeries(subject, line.keySet().stream().map(ServiceSection::label).toList(),
                    line.values().stream().map(figure -> ChartStyle.doublings(figure.value())).toList());
            series.setMarkerColor(ChartStyle.of(subject));
            series.setLineColor(ChartStyle.of(subject));
            series.setMarker(SeriesMarkers.CIRCLE);
        });
        return chart;
    }
}
