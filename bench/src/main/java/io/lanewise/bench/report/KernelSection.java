package io.lanewise.bench.report;

import java.util.List;

/** The other kernels beside their scalar twins. */
final class KernelSection {

    private KernelSection() {}

    static Section make(Analysis analysis) {
        Figures figures = analysis.figures();
        Table table = new Table("kernel", "size", "time", "fraction of probe, best", "median", "vs scalar twin");
        for (PointRounds point : analysis.suite("kernel")) {
            if (!point.point().name().equals("matmul")) {
                table.add(List.of(Cell.of(point.point().name()), Cell.of(point.point().sizes()),
                        Cell.of(figures.medianTime(point, "lanewise")),
                        Cell.of(figures.bestUtilization(point, "lanewise")),
                        Cell.of(figures.medianUtilization(point, "lanewise")),
                        Cell.of(figures.medianGain(point, "scalar"))));
            }
        }
        return new Section("Other kernels", "Kernels without a fraction multiply little: bytes are their limit.",
                List.of(), table);
    }
}
