package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Where the gain over naive loops comes from: kernels, then skipped padding, then one planner pass after the other. */
final class GainSection {

    private final Analysis analysis;
    private final List<String> steps;
    private final List<String> names = new ArrayList<>();
    private final Map<String, List<Figure>> factors = new LinkedHashMap<>(); // by step, one a layer

    GainSection(Analysis analysis) {
        this.analysis = analysis;
        this.steps = analysis.suite("ablation").stream().map(PointRounds::kept).filter(kept -> !kept.isEmpty())
                .map(kept -> List.copyOf(kept.getFirst().times().keySet())).findFirst().orElse(List.of());
    }

    Section make() {
        Table table = new Table(header());
        if (!steps.isEmpty()) {
            analysis.suite("ablation").forEach(point -> table.add(line(point)));
        }
        return new Section("Where the gain comes from",
                "Factor by which each step makes the layer faster than the step before it, beginning at naive loops; "
                        + "each is a run with the later planner passes switched off. The factors multiply, so the bars "
                        + "stack on a log scale; a step that does not make it faster has no bar, its factor is in the "
                        + "table.",
                names.isEmpty() ? List.of() : List.of(ChartStyle.png(chart())), table);
    }

    private String[] header() {
        List<String> header = new ArrayList<>(List.of("layer", "batch"));
        steps.stream().skip(1).forEach(header::add);
        header.add("all");
        return header.toArray(String[]::new);
    }

    private List<Cell> line(PointRounds point) {
        names.add(point.point().name());
        List<Cell> line = new ArrayList<>(List.of(Cell.of(point.point().name()), Cell.of(point.point().sizes())));
        for (int step = 1; step < steps.size(); step++) {
            Figure factor = analysis.figures().gain(point, steps.get(step - 1), steps.get(step));
            factors.computeIfAbsent(steps.get(step), _ -> new ArrayList<>()).add(factor);
            line.add(Cell.of(factor));
        }
        line.add(Cell.of(analysis.figures().gain(point, steps.getFirst(), steps.getLast())));
        return line;
    }

    private CategoryChart chart() {
        CategoryChart chart = new CategoryChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT + 80)
                .title("Times faster than naive loops, step by step (log scale)").yAxisTitle("times faster").build();
        ChartStyle.apply(chart.getStyler());
        ChartStyle.showDoublings(chart.getStyler(), "ratio");
        chart.getStyler().setStacked(true);
        ChartStyle.standNames(chart.getStyler(), names.size());
        int number = 0;
        for (Map.Entry<String, List<Figure>> step : factors.entrySet()) {
            chart.addSeries(step.getKey(), names, step.getValue().stream().map(GainSection::bar).toList())
                    .setFillColor(ChartStyle.ofStep(number++));
        }
        return chart;
    }

    private static double bar(Figure factor) {
        return factor == null ? 0 : Math.max(0, ChartStyle.doublings(factor.value()));
    }
}
