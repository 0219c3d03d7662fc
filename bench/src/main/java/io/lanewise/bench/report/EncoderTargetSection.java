package io.lanewise.bench.report;

import java.util.List;

/** Encoders beside what they are meant to reach. */
final class EncoderTargetSection {

    private EncoderTargetSection() {}

    static Section make(Analysis analysis) {
        Table table = new Table("what", "times as long", "target", "figure", "reached");
        for (EncoderTarget target : EncoderTarget.all()) {
            Figure figure = target.figure(analysis);
            if (figure != null) {
                table.add(List.of(Cell.of(target.what()), Cell.of(target.slower() + " / " + target.faster()),
                        Cell.of(target.text()), Cell.of(figure),
                        Cell.of(target.isReached(figure.value()) ? "yes" : "no")));
            }
        }
        return new Section("Encoders beside their targets",
                "Medians of the ratios of single rounds; where there are several sizes, the least of them, or their geometric mean.",
                List.of(), table);
    }
}
