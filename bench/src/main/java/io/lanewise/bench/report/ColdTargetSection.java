package io.lanewise.bench.report;

import java.util.List;

/** Cold starts beside what they are meant to be. */
final class ColdTargetSection {

    private static final String LANEWISE = "lanewise";

    private ColdTargetSection() {}

    static Section make(ColdStarts starts, Figures figures) {
        Table table = new Table("what", "target", "lanewise", "peer", "reached");
        for (ColdTarget target : ColdTarget.all()) {
            Figure own = target.figure(starts, figures, LANEWISE);
            Figure theirs = target.isRelative() ? target.figure(starts, figures, target.peer()) : null;
            if (own != null && (theirs != null || !target.isRelative())) {
                table.add(List.of(Cell.of(target.what()), Cell.of(target.text(own.unit())), Cell.of(own),
                        target.isRelative() ? Cell.of(theirs) : Cell.of(""),
                        Cell.of(own.value() <= target.most(theirs) ? "yes" : "no")));
            }
        }
        return new Section("Cold starts beside their targets",
                "Medians of all starts of a run; what is steady is told below.", List.of(), table);
    }
}
