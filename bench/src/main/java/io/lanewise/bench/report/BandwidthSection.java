package io.lanewise.bench.report;

import java.util.List;

/** What the machine reads and copies. */
final class BandwidthSection {

    private BandwidthSection() {}

    static Section make(Analysis analysis) {
        Table table = new Table("what", "level", "bytes", "bandwidth");
        analysis.loose("probe").forEach((point, bySubject) -> bySubject.values().forEach(rows -> table
                .add(List.of(Cell.of(point.name()), Cell.of(point.param("level")), Cell.of(point.param("bytes")),
                        Cell.of(analysis.figures().median(point.toString(), rows))))));
        return new Section("Bandwidth of one core",
                "The limit of a matrix product of one row, and of everything that goes over its rows once.", List.of(),
                table);
    }
}
