package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** all-MiniLM-L6-v2 from texts to vectors, tokens included: many texts at once, and a question a call. */
final class EncoderTextSection {

    private static final String LANEWISE = "lanewise";
    private static final String TEXTS = "texts";
    private static final String QUESTIONS = "questions";

    private final Analysis analysis;
    private final Figures figures;
    private final Table table = new Table("work", "who", "texts a batch", "time", "texts a second", "times as long",
            "cosine");
    private final Map<String, Map<String, Figure>> gains = new LinkedHashMap<>(); // by subject, then by work

    EncoderTextSection(Analysis analysis) {
        this.analysis = analysis;
        this.figures = analysis.figures();
    }

    Section make() {
        for (PointRounds point : analysis.suite(EncoderSection.SUITE)) {
            if (point.point().name().equals(TEXTS)) {
                add(point, TEXTS, point.point().param(TEXTS) + " texts, one thread");
            } else if (point.point().name().equals(QUESTIONS)) {
                String callers = point.point().param("callers");
                add(point, QUESTIONS, "questions, " + callers + (callers.equals("1") ? " caller" : " callers"));
            }
        }
        return new Section("Encoders, from texts to vectors",
                "all-MiniLM-L6-v2, tokens made inside the time. Texts: of 4 to 400 tokens, the logarithm normal with a median of "
                        + "24 tokens and a deviation of 1, each round an eighth of them, times scaled to all. ONNX Runtime "
                        + "gets its tokens from Lanewise's tokenizer, its rows become vectors in Java; either by length, in "
                        + "batches of the size that was fastest of 1, 4, 16 and 64, or as they come, 32 a batch. Questions: "
                        + "32 of 5 to 15 words, each a call, both libraries with their usual settings: LangChain4j's ONNX "
                        + "Runtime takes as many threads as there are processors for a call, Lanewise one. A cosine is the "
                        + "least of a vector to Lanewise's.",
                gains.isEmpty() ? List.of() : List.of(ChartStyle.png(chart())), table);
    }

    private void add(PointRounds point, String count, String work) {
        if (point.kept().isEmpty()) {
            return;
        }
        double texts = Double.parseDouble(point.point().param(count));
        for (String subject : point.kept().getFirst().times().keySet()) {
            boolean ours = subject.equals(LANEWISE);
            Figure time = figures.meanTime(point, subject);
            Figure gain = figures.gainOfSums(point, subject, LANEWISE);
            if (!ours) {
                gains.computeIfAbsent(subject, _ -> new LinkedHashMap<>()).put(work, gain);
            }
            table.add(List.of(Cell.of(work), Cell.of(subject), batch(point, subject), Cell.of(time),
                    Cell.of(figures.derived("texts a second of " + time.what(), "texts/s", texts / time.value() * 1e9,
                            time)),
                    ours ? Cell.of("") : Cell.of(gain), ours
                            ? Cell.of("")
                            : Cell.of(figures.remark(point, "cosine", subject))));
        }
    }

    private Cell batch(PointRounds point, String subject) {
        Row row = point.remark("texts a batch", subject);
        return Cell.of(row == null ? "" : "%.0f".formatted(row.value()));
    }

    private CategoryChart chart() {
        CategoryChart chart = new CategoryChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT)
                .title("From texts to vectors: how many times as long others take (log scale)")
                .yAxisTitle("times as long").build();
        ChartStyle.apply(chart.getStyler());
        ChartStyle.showDoublings(chart.getStyler(), "ratio");
        chart.getStyler().setAvailableSpaceFill(0.8);
        List<String> works = gains.values().stream().flatMap(byWork -> byWork.keySet().stream()).distinct().toList();
        int number = 0;
        for (Map.Entry<String, Map<String, Figure>> subject : gains.entrySet()) {
            List<Double> bars = new ArrayList<>();
            works.forEach(work -> bars.add(bar(subject.getValue().get(work))));
            chart.addSeries(subject.getKey(), works, bars).setFillColor(ChartStyle.ofStep(number++));
        }
        return chart;
    }

    /** Returns a bar's height in doublings; nothing where nothing was measured. */
    private static double bar(Figure gain) {
        return gain == null ? 0 : ChartStyle.doublings(gain.value());
    }
}
