package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Every layer against naive loops, op by op, and the peers. */
final class LayerSection {

    private static final List<String> COMPARED = List.of("naive", "unfused", "ort", "pytorch");
    private static final List<String> RIVALS = List.of("naive", "ort", "pytorch");
    private static final int BAR_SPACE = 90;

    private final Analysis analysis;
    private final Table table = new Table("layer", "B", "lengths", "Lanewise", "vs naive", "vs op by op", "vs ORT",
            "least", "vs PyTorch", "least", "fraction of probe, best", "median");
    private final Map<String, List<LayerLine>> charts = new LinkedHashMap<>(); // by batch and lengths
    private final Map<LayerLine, Map<String, Figure>> gains = new HashMap<>();

    LayerSection(Analysis analysis) {
        this.analysis = analysis;
    }

    Section make() {
        LayerLine.of(analysis).forEach(this::add);
        List<byte[]> images = new ArrayList<>();
        charts.forEach((title, lines) -> {
            images.add(ChartStyle.png(chart(title, lines)));
            addMeans(title, lines);
        });
        return new Section("Layers",
                "D=512, question 15, video 80, one thread. Times of a whole batch; factors are medians of the ratios of "
                        + "single rounds, and the least ratio. Naive loops run one sample of a batch, scaled to all "
                        + "of it. The fraction of the probe counts the multiply-adds that are really done.",
                images, table);
    }

    private void add(LayerLine line) {
        Figures figures = analysis.figures();
        Map<String, Figure> gain = new HashMap<>();
        Map<String, Figure> least = new HashMap<>();
        for (String rival : COMPARED) {
            PointRounds rounds = line.beside(rival);
            if (rounds != null) {
                gain.put(rival, figures.medianGain(rounds, rival));
                least.put(rival, figures.leastGain(rounds, rival));
            }
        }
        gains.put(line, gain);
        charts.computeIfAbsent("B=" + line.batch() + ", " + line.lengths() + " lengths", _ -> new ArrayList<>())
                .add(line);
        table.add(List.of(Cell.of(line.name()), Cell.of(line.batch()), Cell.of(line.lengths()),
                Cell.of(figures.medianTime(line.main(), "lanewise")), Cell.of(gain.get("naive")),
                Cell.of(gain.get("unfused")), Cell.of(gain.get("ort")), Cell.of(least.get("ort")),
                Cell.of(gain.get("pytorch")), Cell.of(least.get("pytorch")),
                Cell.of(figures.bestUtilization(line.main(), "lanewise")),
                Cell.of(figures.medianUtilization(line.main(), "lanewise"))));
    }

    private void addMeans(String title, List<LayerLine> lines) {
        List<Cell> line = new ArrayList<>();
        for (String rival : COMPARED) {
            List<Figure> measured = lines.stream().map(layer -> gains.get(layer).get(rival)).filter(Objects::nonNull)
                    .toList();
            line.add(Cell.of(analysis.figures().geometricMean(rival + " / lanewise, " + title, measured)));
        }
        LayerLine any = lines.getFirst();
        Cell none = Cell.of("");
        table.add(List.of(Cell.of("geometric mean"), Cell.of(any.batch()), Cell.of(any.lengths()), none, line.get(0),
                line.get(1), line.get(2), none, line.get(3), none, none, none));
    }

    private CategoryChart chart(String title, List<LayerLine> lines) {
        int width = Math.max(ChartStyle.WIDTH, BAR_SPACE * lines.size() / 2 + 200);
        CategoryChart chart = new CategoryChartBuilder().width(width).height(ChartStyle.HEIGHT + 120)
                .title("Times faster than others, " + title + " (log scale)").yAxisTitle("times faster").build();
        ChartStyle.apply(chart.getStyler());
        ChartStyle.showDoublings(chart.getStyler(), "ratio");
        ChartStyle.standNames(chart.getStyler(), lines.size());
        chart.getStyler().setAvailableSpaceFill(0.8);
        List<String> names = lines.stream().map(LayerLine::name).toList();
        for (String rival : RIVALS) {
            List<Double> bars = lines.stream().map(line -> bar(gains.get(line).get(rival))).toList();
            if (bars.stream().anyMatch(bar -> bar != 0)) {
                chart.addSeries("vs " + rival, names, bars).setFillColor(ChartStyle.of(rival));
            }
        }
        return chart;
    }

    /** Returns a bar's height in doublings; nothing where nothing was measured. */
    private static double bar(Figure gain) {
        return gain == null ? 0 : ChartStyle.doublings(gain.value());
    }
}
