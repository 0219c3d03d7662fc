package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Encoders from ids to results, beside their peers. */
final class EncoderSection {

    static final String SUITE = "encoder";
    private static final String LANEWISE = "lanewise";
    private static final List<String> PEERS = List.of("ort", "ort-int8", "pytorch");

    /** Drawn: a text alone, on one thread, with its own weights. */
    private static final Map<String, String> CURVE = Map.of("B", "1", "threads", "");
    private static final String CURVE_NAME = "all-minilm-l6-v2";

    private final Analysis analysis;
    private final Figures figures;
    private final Table table = new Table("encoder", "texts × tokens", "threads", "who", "time", "GFLOP/s as written",
            "of the probe, median", "times as long", "least", "cosine");
    private final Map<String, SortedMap<Integer, Figure>> curves = new LinkedHashMap<>(); // by subject, over tokens

    EncoderSection(Analysis analysis) {
        this.analysis = analysis;
        this.figures = analysis.figures();
    }

    Section make() {
        for (PointRounds point : analysis.suite(SUITE)) {
            if (!point.point().param("tokens").isEmpty()) {
                subjects(point).forEach(subject -> add(point, subject));
            }
        }
        return new Section("Encoders",
                "From ids to hidden states, or to a logit of each pair. Texts of a row have one length. Speeds count the "
                        + "multiply-adds of the encoder as it is written, whoever computes fewer; the probe is what one "
                        + "core's multiply-add units give from registers in float32, which int8 arithmetic may exceed. "
                        + "Times as long: medians of the ratios of single rounds to Lanewise with as many threads, and the "
                        + "least ratio. A cosine is that of the mean rows of a text, the least of a batch. The rows named "
                        + "storage are all-MiniLM-L6-v2 with its weights kept as floats, as BF16 and as INT8.",
                curves.isEmpty() ? List.of() : List.of(ChartStyle.png(chart())), table);
    }

    /** Returns who was timed: Lanewise first. */
    private static List<String> subjects(PointRounds point) {
        return point.kept().isEmpty() ? List.of() : List.copyOf(point.kept().getFirst().times().keySet());
    }

    private void add(PointRounds point, String subject) {
        String threads = threads(point, subject);
        String sameThreads = threads.equals("1") ? LANEWISE : LANEWISE + "-" + threads;
        boolean ours = subject.equals(sameThreads);
        Figure speed = figures.speed(point, subject);
        table.add(List.of(Cell.of(point.point().name()),
                Cell.of(point.point().param("B") + " × " + point.point().param("tokens")), Cell.of(threads),
                Cell.of(subject), Cell.of(figures.medianTime(point, subject)), Cell.of(speed),
                Cell.of(threads.equals("1") ? figures.medianUtilization(point, subject) : null),
                ours ? Cell.of("") : Cell.of(figures.gain(point, subject, sameThreads)),
                ours ? Cell.of("") : Cell.of(figures.leastGain(point, subject, sameThreads)),
                ours ? Cell.of("") : Cell.of(figures.remark(point, "cosine", subject))));
        if (isOnCurve(point) && (ours || PEERS.contains(subject))) {
            curves.computeIfAbsent(subject, _ -> new TreeMap<>())
                    .put(Integer.parseInt(point.point().param("tokens")), speed);
        }
    }

    private static String threads(PointRounds point, String subject) {
        String several = point.point().param("threads");
        return !several.isEmpty() && subject.endsWith("-" + several) ? several : "1";
    }

    private static boolean isOnCurve(PointRounds point) {
        return point.point().name().equals(CURVE_NAME) && CURVE.entrySet().stream()
                .allMatch(param -> point.point().param(param.getKey()).equals(param.getValue()));
    }

    private CategoryChart chart() {
        CategoryChart chart = new CategoryChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT)
                .title("all-MiniLM-L6-v2, one text, one thread").xAxisTitle("tokens of the text")
                .yAxisTitle("GFLOP/s as written").build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        chart.getStyler().setOverlapped(true); // or each line stands beside its names
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisTickLabelsFormattingFunction("%.0f"::formatted);
        SortedSet<Integer> sizes = new TreeSet<>();
        curves.values().forEach(curve -> sizes.addAll(curve.keySet()));
        curves.forEach((subject, curve) -> {
            List<Double> speeds = new ArrayList<>(); // of all sizes, which the library wants: null where none was timed
            sizes.forEach(size -> speeds.add(curve.containsKey(size) ? curve.get(size).value() : null));
            CategorySeries line = chart.addSeries(subject, new ArrayList<>(sizes), speeds);
            line.setLineColor(ChartStyle.of(subject));
            line.setMarkerColor(ChartStyle.of(subject));
            line.setMarker(SeriesMarkers.CIRCLE);
        });
        return chart;
    }
}
