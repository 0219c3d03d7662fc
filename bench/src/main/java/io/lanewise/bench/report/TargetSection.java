package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.report.KernelTarget.Yardstick;

/** Every kernel beside what it is meant to reach. */
final class TargetSection {

    private static final String LANEWISE = "lanewise";
    private static final double OPENBLAS_MEAN = 1.15;

    private final Analysis analysis;
    private final Figures figures;
    private final Table table = new Table("kernel", "size", "target", "best round", "median", "reached");

    TargetSection(Analysis analysis) {
        this.analysis = analysis;
        this.figures = analysis.figures();
    }

    Section make() {
        boolean wide = analysis.raw().sources().stream()
                .anyMatch(source -> source.environment().vectors().contains("512-bit"));
        for (PointRounds point : analysis.suite("kernel")) {
            KernelTarget target = KernelTarget.of(point.point(), wide);
            if (target != null && !point.with(LANEWISE).isEmpty()) {
                add(point, target);
            }
        }
        addOpenBlas();
        return new Section("Kernels beside their targets",
                "A target is reached by the best round; bandwidths are the best readings of the level that holds the bytes.",
                List.of(), table);
    }

    private void add(PointRounds point, KernelTarget target) {
        Figure best = best(point, target.yardstick());
        Figure median = median(point, target.yardstick());
        table.add(List.of(Cell.of(point.point().name()), Cell.of(point.point().sizes()), Cell.of(target.text()),
                Cell.of(best), Cell.of(median), reached(best != null && target.isReached(best.value()))));
    }

    private Figure best(PointRounds point, Yardstick yardstick) {
        return yardstick == Yardstick.PROBE
                ? figures.bestUtilization(point, LANEWISE)
                : of(point, yardstick, figures.leastTime(point, LANEWISE));
    }

    private Figure median(PointRounds point, Yardstick yardstick) {
        return yardstick == Yardstick.PROBE
                ? figures.medianUtilization(point, LANEWISE)
                : of(point, yardstick, figures.medianTime(point, LANEWISE));
    }

    private Figure of(PointRounds point, Yardstick yardstick, Figure time) {
        if (yardstick == Yardstick.CELL) {
            long cells = size(point, "rows") * size(point, "keys");
            return figures.derived("time a cell of " + time.what(), "ns", time.value() / cells, time);
        }
        long floats = yardstick == Yardstick.READ
                ? size(point, "n") * size(point, "k")
                : 3 * size(point, "rows") * size(point, "features");
        Figure bandwidth = bandwidth(yardstick == Yardstick.READ ? "read" : "copy", floats * Float.BYTES);
        return bandwidth == null
                ? null
                : figures.derived("fraction of the bandwidth, " + time.what(), "fraction",
                        floats * Float.BYTES / time.value() / bandwidth.value(), time, bandwidth);
    }

    /** Returns the best reading of the first level that holds so many bytes: working sets are halves of caches. */
    private Figure bandwidth(String name, long bytes) {
        return analysis.loose("probe").entrySet().stream()
                .filter(probe -> probe.getKey().name().equals(name) && 2 * setBytes(probe.getKey()) >= bytes)
                .min(Comparator.comparing(probe -> setBytes(probe.getKey())))
                .map(probe -> figures.highest(probe.getKey().toString(),
                        probe.getValue().values().stream().flatMap(List::stream).toList()))
                .orElse(null);
    }

    private static long setBytes(PointKey probe) {
        return Long.parseLong(probe.param("bytes"));
    }

    private static long size(PointRounds point, String name) {
        return Long.parseLong(point.point().param(name));
    }

    private void addOpenBlas() {
        List<Figure> gains = new ArrayList<>();
        for (PointRounds point : analysis.suite("peer")) {
            if (point.point().name().equals("matmul") && !point.with("openblas", LANEWISE).isEmpty()) {
                gains.add(figures.medianGain(point, "openblas"));
            }
        }
        if (!gains.isEmpty()) {
            Figure least = gains.stream().min(Comparator.comparingDouble(Figure::value)).orElseThrow();
            Figure mean = figures.geometricMean("medians of openblas / lanewise over m", gains);
            addGain("≥ 1× OpenBLAS's median at every m", least, least.value() >= 1);
            addGain("≥ %s× OpenBLAS in the geometric mean over m".formatted(OPENBLAS_MEAN), mean,
                    mean.value() >= OPENBLAS_MEAN);
        }
    }

    private void addGain(String target, Figure gain, boolean isReached) {
        table.add(List.of(Cell.of("matmul"), Cell.of(new PointKey("", "", Map.of("n", "512", "k", "512")).sizes()),
                Cell.of(target), Cell.of((Figure) null), Cell.of(gain), reached(isReached)));
    }

    private static Cell reached(boolean isReached) {
        return Cell.of(isReached ? "yes" : "no");
    }
}
