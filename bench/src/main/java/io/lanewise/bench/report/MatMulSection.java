package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The matrix product: how much of the machine it uses, over the number of rows. */
final class MatMulSection {

    private static final Map<String, String> CURVE = Map.of("n", "512", "k", "512");

    private final Analysis analysis;
    private final Table table = new Table("m × n × k", "time", "fraction of probe, best", "median", "vs scalar twin",
            "vs naive loops", "vs OpenBLAS, median", "least");
    private final SortedMap<Double, Double> best = new TreeMap<>();
    private final SortedMap<Double, Double> median = new TreeMap<>();
    private final SortedMap<Double, Double> openBlas = new TreeMap<>();

    MatMulSection(Analysis analysis) {
        this.analysis = analysis;
    }

    Section make() {
        List<PointRounds> points = new ArrayList<>(matMuls("kernel"));
        matMuls("peer").stream().filter(peer -> sameSize("kernel", peer) == null).forEach(points::add);
        points.sort(Comparator.comparing((PointRounds point) -> !isOnCurve(point))
                .thenComparingInt(point -> Integer.parseInt(point.point().param("m"))));
        points.forEach(this::add);
        return new Section("Matrix product, packed weight",
                "What the kernel reaches of the multiply-adds that the core's units give from registers in the same "
                        + "moment (the probe, the line at 1), over the rows m of the input; n = k = 512, one thread.",
                best.isEmpty() ? List.of() : List.of(ChartStyle.png(chart())), table);
    }

    private List<PointRounds> matMuls(String suite) {
        return analysis.suite(suite).stream().filter(point -> point.point().name().equals("matmul")).toList();
    }

    private PointRounds sameSize(String suite, PointRounds point) {
        return matMuls(suite).stream().filter(other -> size(other).equals(size(point))).findFirst().orElse(null);
    }

    private static String size(PointRounds point) {
        return "%s × %s × %s".formatted(point.point().param("m"), point.point().param("n"), point.point().param("k"));
    }

    private static boolean isOnCurve(PointRounds point) {
        return CURVE.entrySet().stream().allMatch(size -> point.point().param(size.getKey()).equals(size.getValue()));
    }

    private void add(PointRounds point) {
        Figures figures = analysis.figures();
        PointRounds peer = sameSize("peer", point);
        Figure bestFraction = figures.bestUtilization(point, "lanewise");
        Figure medianFraction = figures.medianUtilization(point, "lanewise");
        table.add(List.of(Cell.of(size(point)), Cell.of(figures.medianTime(point, "lanewise")), Cell.of(bestFraction),
                Cell.of(medianFraction), Cell.of(figures.medianGain(point, "scalar")),
                Cell.of(figures.medianGain(point, "naive")),
                Cell.of(peer == null ? null : figures.medianGain(peer, "openblas")),
                Cell.of(peer == null ? null : figures.leastGain(peer, "openblas"))));
        if (isOnCurve(point)) {
            put(best, point, bestFraction);
            put(median, point, medianFraction);
            put(openBlas, point, peer == null ? null : figures.medianUtilization(peer, "openblas"));
        }
    }

    private static void put(SortedMap<Double, Double> line, PointRounds point, Figure figure) {
        if (figure != null) {
            line.put(Double.parseDouble(point.point().param("m")), figure.value());
        }
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT)
                .title("Matrix product, n = k = 512: fraction of the FMA probe").xAxisTitle("rows m")
                .yAxisTitle("fraction of the probe").build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisTickLabelsFormattingFunction("%.0f"::formatted);
        chart.getStyler().setYAxisTickLabelsFormattingFunction("%.1f"::formatted);
        SortedMap<Double, Double> probe = new TreeMap<>();
        best.keySet().forEach(m -> probe.put(m, 1.0));
        add(chart, "probe", "probe", probe, false).setMarker(SeriesMarkers.NONE);
        add(chart, "Lanewise, best round", "lanewise", best, false);
        add(chart, "Lanewise, median", "lanewise", median, true);
        if (!openBlas.isEmpty()) {
            add(chart, "OpenBLAS, median", "openblas", openBlas, true);
        }
        return chart;
    }

    private static XYSeries add(XYChart chart, String name, String subject, SortedMap<Double, Double> line,
            boolean dashed) {
        XYSeries series = chart.addSeries(name, new ArrayList<>(line.keySet()), new ArrayList<>(line.values()));
        series.setMarkerColor(ChartStyle.of(subject));
        series.setLineColor(ChartStyle.of(subject));
        series.setLineStyle(dashed ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
        series.setMarker(SeriesMarkers.CIRCLE);
        return series;
    }
}
