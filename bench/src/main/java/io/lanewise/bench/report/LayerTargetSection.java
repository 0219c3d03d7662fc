package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Layers, requests and memory beside what they are meant to reach. */
final class LayerTargetSection {

    private static final String LANEWISE = "lanewise";
    private static final String ORT = "ort";
    private static final String PYTORCH = "pytorch";
    private static final String WHOLE = "hga";
    private static final double LEAST_GAIN = 1.1;
    private static final double GAIN_OF_WHOLE = 1.8;
    private static final double LEAST_UTILIZATION = 0.75;
    private static final double MOST_OF_MEDIAN = 1.2;
    private static final double MOST_OF_ORT = 0.5;
    private static final double MOST_OF_PYTORCH = 0.25;

    private final Analysis analysis;
    private final Figures figures;
    private final Table table = new Table("what", "target", "figure", "reached");

    LayerTargetSection(Analysis analysis) {
        this.analysis = analysis;
        this.figures = analysis.figures();
    }

    Section make() {
        addGain("128", "full", 2.5);
        addGain("128", "real", 4.2);
        addGain("1", "full", 2.2);
        addWhole();
        addUtilization();
        addTail();
        addMemory(ORT, MOST_OF_ORT);
        addMemory(PYTORCH, MOST_OF_PYTORCH);
        return new Section("Layers beside their targets",
                "One thread. Factors are medians against the better of ONNX Runtime and PyTorch for each layer, and their geometric "
                        + "mean over the layers that both were timed on.",
                List.of(), table);
    }

    private void addGain(String batch, String lengths, double target) {
        List<Figure> gains = lines(batch, lengths).map(this::gainOverTheBetter).filter(Objects::nonNull).toList();
        if (gains.isEmpty()) {
            return;
        }
        String what = "B=%s, %s lengths, %d layers".formatted(batch, lengths, gains.size());
        Figure mean = figures.geometricMean("the better peer / lanewise, " + what, gains);
        add(what, "≥ %s× the better peer in the geometric mean".formatted(target), mean, mean.value() >= target);
        if (batch.equals("128") && lengths.equals("full")) {
            Figure least = gains.stream().min(Comparator.comparingDouble(Figure::value)).orElseThrow();
            add(what, "no layer under %s×".formatted(LEAST_GAIN), least, least.value() >= LEAST_GAIN);
        }
    }

    private void addWhole() {
        List<Figure> gains = LayerLine.of(analysis).stream().filter(line -> line.name().equals(WHOLE))
                .map(this::gainOverTheBetter).filter(Objects::nonNull).toList();
        if (!gains.isEmpty()) {
            String what = "all of HGA, %d batches".formatted(gains.size());
            Figure mean = figures.geometricMean("the better peer / lanewise, " + what, gains);
            add(what, "≥ %s× the better peer in the geometric mean".formatted(GAIN_OF_WHOLE), mean,
                    mean.value() >= GAIN_OF_WHOLE);
        }
    }

    private Stream<LayerLine> lines(String batch, String lengths) {
        return LayerLine.of(analysis).stream()
                .filter(line -> !line.name().equals(WHOLE) && line.batch().equals(batch)
                        && line.lengths().equals(lengths));
    }

    /** Returns the smaller of the factors against both peers, or null where one was not timed. */
    private Figure gainOverTheBetter(LayerLine line) {
        List<Figure> gains = new ArrayList<>();
        for (String peer : List.of(ORT, PYTORCH)) {
            PointRounds rounds = line.peers().get(peer);
            gains.add(rounds == null ? null : figures.medianGain(rounds, peer));
        }
        return gains.contains(null)
                ? null
                : gains.stream().min(Comparator.comparingDouble(Figure::value)).orElseThrow();
    }

    private void addUtilization() {
        lines("128", "full").map(line -> figures.bestUtilization(line.main(), LANEWISE)).filter(Objects::nonNull)
                .min(Comparator.comparingDouble(Figure::value))
                .ifPresent(least -> add("B=128, full lengths, the layer with the least",
                        "best round ≥ %s of the FMA probe".formatted(Figure.text("fraction", LEAST_UTILIZATION)), least,
                        least.value() >= LEAST_UTILIZATION));
    }

    /** Compares the slowest requests of one caller with its usual ones. */
    private void addTail() {
        Figure median = percentile("50");
        Figure tail = percentile("99");
        if (median != null && tail != null) {
            Figure factor = figures.derived("p99 / p50 of lanewise, B=1", "ratio", tail.value() / median.value(), tail,
                    median);
            add("B=1, one caller, real lengths", "p99 ≤ %s × p50".formatted(MOST_OF_MEDIAN), factor,
                    factor.value() <= MOST_OF_MEDIAN);
        }
    }

    private Figure percentile(String percentile) {
        return figure("service", LANEWISE, Map.of("B", "1", "callers", "1", "percentile", percentile));
    }

    private void addMemory(String peer, double target) {
        Map<String, String> conditions = Map.of("B", "128", "callers", "1");
        Figure own = figure("memory", LANEWISE, conditions);
        Figure theirs = figure("memory", peer, conditions);
        if (own != null && theirs != null) {
            Figure part = figures.derived("peak resident memory of lanewise / " + peer, "ratio",
                    own.value() / theirs.value(), own, theirs);
            add("peak resident memory, B=128", "≤ %s of that of %s".formatted(target, peer), part,
                    part.value() <= target);
        }
    }

    private Figure figure(String suite, String subject, Map<String, String> conditions) {
        return analysis.loose(suite).entrySet().stream()
                .filter(entry -> entry.getKey().params().entrySet().containsAll(conditions.entrySet())
                        && !entry.getKey().name().equals("allocated") && entry.getValue().containsKey(subject))
                .map(entry -> figures.median(entry.getKey() + " of " + subject, entry.getValue().get(subject)))
                .findFirst().orElse(null);
    }

    private void add(String what, String target, Figure figure, boolean isReached) {
        table.add(List.of(Cell.of(what), Cell.of(target), Cell.of(figure), Cell.of(isReached ? "yes" : "no")));
    }
}
