package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.bench.report.ColdStarts.Case;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** Where the time of a cold start goes, and what it takes until a process is as fast as it gets: Lanewise beside each peer. */
final class ColdStartSection {

    private static final String LANEWISE = "lanewise";
    private static final double SECOND = 1e9;

    /** What is shown, in this order, and what it is called. */
    private static final SequencedMap<String, String> NAMES = names("first-answer",
            "first answer, from the process's start",
            "jvm", "· JVM", "launch", "· class path and main", "main", "· bench", "open", "· classes and model",
            "session",
            "· session", "first-run", "· first run", "first-answer-cpu", "CPU until the first answer", "launch-cpu",
            "· JVM, class path and main", "main-cpu", "· bench",
            "open-cpu", "· classes and model", "session-cpu", "· session", "first-run-cpu", "· first run", "steady",
            "steady, from the process's start", "steady-cpu", "CPU until steady", "steady-compilation",
            "compilers until steady", "steady-allocated", "garbage until steady", "peak-resident",
            "peak resident memory", "steady-call", "a steady call");
    private static final List<String> PARTS = List.of("jvm", "launch", "main", "open", "session", "first-run");

    private final ColdStarts starts;
    private final Figures figures;
    private final Table table = new Table("start", "model", "what", "lanewise", "least", "most", "peer", "its figure",
            "least", "most", "peer / lanewise");

    ColdStartSection(ColdStarts starts, Figures figures) {
        this.starts = starts;
        this.figures = figures;
    }

    private static SequencedMap<String, String> names(String... words) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        for (int word = 0; word < words.length; word += 2) {
            names.put(words[word], words[word + 1]);
        }
        return names;
    }

    Section make() {
        starts.byCase().keySet().forEach(this::add);
        List<byte[]> charts = starts.byCase().keySet().stream().map(Case::layer).distinct()
                .map(layer -> ChartStyle.png(chart(layer))).toList();
        return new Section("Where a cold start's time goes",
                "Medians of processes that were started one after the other, engines in turn, with the heap that the JVM chooses; B=1. "
                        + "Steady: within 5% of the median of the last quarter of all calls. Processor time in hundredths of a "
                        + "second. Some 50 ms before steady are the bench's own, for every engine alike. ONNX Runtime gets the "
                        + "text's ids, and its model from the class path as LangChain4j does. One processor: "
                        + "-XX:ActiveProcessorCount=1, which binds no thread to it. Beside busy: another process spins. Class cache: each engine's "
                        + "JVM has the classes that one like it left by -XX:AOTCacheOutput. All class paths are of jars alone.",
                charts, table);
    }

    private void add(Case start) {
        List<String> peers = starts.subjects(start).stream().filter(subject -> !subject.equals(LANEWISE)).toList();
        for (String name : NAMES.keySet()) {
            List<Cell> own = cells(start, name, LANEWISE);
            for (String peer : peers.isEmpty() ? List.of("") : peers) {
                if (own.getFirst().figure() != null || !starts.rows(start, name, peer).isEmpty()) {
                    add(start, name, own, peer);
                }
            }
        }
    }

    private void add(Case start, String name, List<Cell> own, String peer) {
        List<Cell> theirs = cells(start, name, peer);
        List<Cell> line = new ArrayList<>(List.of(Cell.of(start.start()), Cell.of(start.layer()),
                Cell.of(NAMES.get(name))));
        line.addAll(own);
        line.add(Cell.of(peer));
        line.addAll(theirs);
        line.add(Cell.of(ratio(name + " of " + peer + " / lanewise, " + start, theirs.getFirst().figure(),
                own.getFirst().figure())));
        table.add(line);
    }

    private Figure ratio(String what, Figure theirs, Figure own) {
        return theirs == null || own == null || own.value() == 0
                ? null
                : figures.derived(what, "ratio", theirs.value() / own.value(), theirs, own);
    }

    /** Returns median, least and most. */
    private List<Cell> cells(Case start, String name, String subject) {
        List<Row> rows = starts.rows(start, name, subject);
        if (rows.isEmpty()) {
            return List.of(Cell.of((Figure) null), Cell.of((Figure) null), Cell.of((Figure) null));
        }
        String what = name + " of " + subject + ", " + start;
        return List.of(Cell.of(figures.median(what, rows)), Cell.of(figures.lowest(what, rows)),
                Cell.of(figures.highest(what, rows)));
    }

    /** Stacks the parts until the first answer. */
    private CategoryChart chart(String layer) {
        Map<String, Map<String, Double>> bars = new LinkedHashMap<>(); // by bar, then by part
        starts.byCase().keySet().stream().filter(start -> start.layer().equals(layer))
                .forEach(start -> starts.subjects(start)
                        .forEach(subject -> bars.put(subject + ", " + start.start(), parts(start, subject))));
        CategoryChart chart = new CategoryChartBuilder().width(ChartStyle.WIDTH).height(ChartStyle.HEIGHT + 80)
                .title("Until the first answer: " + layer).yAxisTitle("seconds").build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setStacked(true);
        chart.getStyler().setYAxisMin(0.0);
        ChartStyle.standNames(chart.getStyler(), bars.size());
        for (int part = 0; part < PARTS.size(); part++) {
            String name = PARTS.get(part);
            chart.addSeries(NAMES.get(name).substring(2), new ArrayList<>(bars.keySet()),
                    bars.values().stream().map(parts -> parts.get(name)).toList())
                    .setFillColor(ChartStyle.ofStep(part));
        }
        return chart;
    }

    private Map<String, Double> parts(Case start, String subject) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String part : PARTS) {
            List<Double> values = starts.rows(start, part, subject).stream().map(Row::value).toList();
            parts.put(part, values.isEmpty() ? 0 : Statistics.median(values) / SECOND);
        }
        return parts;
    }
}
