package io.lanewise.bench.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tokenizers beside DJL's, and what they are meant to reach. */
final class TokenizerSection {

    private static final String SUITE = "tokenizer";
    private static final String LANEWISE = "lanewise";
    private static final String WITH_SPANS = "lanewise-spans";
    private static final String DJL = "djl";
    private static final String LOADING = "loading";

    /** How many times as fast ids alone are to be, by the type of the model. */
    private static final Map<String, Double> IDS = new TreeMap<>(Map.of("wordpiece", 10.0, "bpe", 5.0, "unigram", 3.0));
    private static final Map<String, Double> SPANS = Map.of("wordpiece", 5.0);

    private final Analysis analysis;
    private final Figures figures;
    private final Table table = new Table("model", "tokenizer", "work", "subject", "time", "DJL", "target",
            "median of DJL / lanewise", "reached");

    TokenizerSection(Analysis analysis) {
        this.analysis = analysis;
        this.figures = analysis.figures();
    }

    Section make() {
        for (PointRounds point : analysis.suite(SUITE)) {
            if (point.point().param("work").equals(LOADING)) {
                add(point, LANEWISE, 1.0);
            } else {
                add(point, LANEWISE, IDS.get(point.point().name()));
                add(point, WITH_SPANS, SPANS.get(point.point().name()));
            }
        }
        return new Section("Tokenizers beside DJL's",
                "One thread, a sentence a call. Lanewise makes the ids alone, or also types, spans and pieces, which DJL's "
                        + "encoding always has; its JNI is part of its time." + missing(),
                List.of(), table);
    }

    private void add(PointRounds point, String subject, Double target) {
        Figure time = figures.medianTime(point, subject);
        if (time == null) {
            return;
        }
        Figure gain = figures.gain(point, DJL, subject);
        String reached = gain == null || target == null ? "–" : gain.value() >= target ? "yes" : "no";
        table.add(List.of(Cell.of(point.point().name()), Cell.of(point.point().param("tokenizer")),
                Cell.of(point.point().param("work")), Cell.of(subject), Cell.of(time),
                Cell.of(figures.medianTime(point, DJL)),
                Cell.of(target == null ? "–" : "≥ %.0f×".formatted(target)), Cell.of(gain),
                Cell.of(reached)));
    }

    /** Says which types of models nobody gave a tokenizer of. */
    private String missing() {
        List<String> missing = IDS.keySet().stream()
                .filter(kind -> analysis.suite(SUITE).stream().noneMatch(point -> point.point().name().equals(kind)))
                .toList();
        return missing.isEmpty()
                ? ""
                : " Not measured, since -Dbench.tokenizers named no folder with a tokenizer.json of that type: "
                        + String.join(", ", missing) + ".";
    }
}
