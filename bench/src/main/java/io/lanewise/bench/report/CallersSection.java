package io.lanewise.bench.report;

import java.util.List;

/** Many callers with short texts at once: throughput, and what a call takes. */
final class CallersSection {

    private static final String LANEWISE = "lanewise";
    private static final String NAME = "callers";
    private static final String P50 = "p50";
    private static final String P99 = "p99";

    private final Analysis analysis;
    private final Figures figures;
    private final Table table = new Table(NAME, "who", "texts a second", "times as long", "50th percentile of a call",
            "99th percentile", "99th / Lanewise's", "texts a run", "cosine");

    CallersSection(Analysis analysis) {
        this.analysis = analysis;
        this.figures = analysis.figures();
    }

    Section make() {
        for (PointRounds point : analysis.suite(EncoderSection.SUITE)) {
            if (point.point().name().equals(NAME) && !point.kept().isEmpty()) {
                point.kept().getFirst().times().keySet().forEach(subject -> add(point, subject));
            }
        }
        return new Section("Many callers",
                "all-MiniLM-L6-v2, tokens made inside the time. Virtual threads that embed texts of 6 to 30 tokens, each the next one "
                        + "when it has its answer; a call counts from when its caller was ready, without a carrier, too. Lanewise as it is, which computes what has queued for a session together; "
                        + "lanewise-alone is the same model behind a fair semaphore of as many permits as sessions, so that a run "
                        + "has one text; LangChain4j with its usual settings. Medians of rounds, and of the ratios of single "
                        + "rounds. All vectors of a round are compared: bits with those of a text alone, a peer's by "
                        + "cosine, the least of a round.",
                List.of(), table);
    }

    private void add(PointRounds point, String subject) {
        boolean ours = subject.equals(LANEWISE);
        Figure time = figures.medianTime(point, subject);
        double texts = Double.parseDouble(point.point().param("texts"));
        table.add(List.of(Cell.of(point.point().param(NAME)), Cell.of(subject),
                Cell.of(figures.derived("texts a second of " + time.what(), "texts/s", texts / time.value() * 1e9,
                        time)),
                ours ? Cell.of("") : Cell.of(figures.medianGain(point, subject)),
                Cell.of(figures.medianReading(point, P50, "ns", subject)),
                Cell.of(figures.medianReading(point, P99, "ns", subject)),
                ours ? Cell.of("") : Cell.of(figures.gainOfReadings(point, P99, subject, LANEWISE)),
                orNone(figures.medianReading(point, "texts a run", "texts", subject)),
                orNone(figures.medianReading(point, "cosine", "cosine", subject))));
    }

    /** Peers do not tell runs, and our own vectors are compared by their bits. */
    private static Cell orNone(Figure figure) {
        return figure == null ? Cell.of("") : Cell.of(figure);
    }
}
