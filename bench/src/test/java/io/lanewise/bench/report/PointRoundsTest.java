package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.result.Measurement;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PointRoundsTest {

    private static PointRounds rounds(List<Measurement> measurements) {
        List<Row> rows = new ArrayList<>();
        measurements.forEach(row -> rows.add(new Row("r" + (rows.size() + 1), "file.json", row)));
        return new PointRounds(PointKey.of(measurements.getFirst()), rows);
    }

    @Test
    void shouldDropARoundDuringWhichTheProbeMoved() {
        PointRounds point = rounds(ResultFiles.layer(new double[]{100, 97.5, 94, 94}, new double[]{20, 30, 40},
                new double[]{60, 60, 60}));
        assertEquals(List.of(0, 2), point.kept().stream().map(Round::round).toList());
        Dropped dropped = point.dropped().getFirst();
        assertEquals("the probe moved by 3.6%, from 97.5 to 94.0 GFLOP/s", dropped.reason());
        assertEquals(List.of("r8", "r9"), dropped.rows());
    }

    @Test
    void shouldDropARoundWithoutAReadingAfterIt() {
        PointRounds point = rounds(ResultFiles.layer(new double[]{100, 100}, new double[]{20, 30},
                new double[]{60, 60}));
        assertEquals("no reading of the probe after it", point.dropped().getFirst().reason());
        assertEquals(1, point.kept().size());
    }

    @Test
    void shouldTakeRatiosRoundByRound() {
        PointRounds point = rounds(ResultFiles.layer(new double[]{100, 100, 100}, new double[]{20, 30},
                new double[]{60, 60}));
        assertEquals(List.of(3.0, 2.0), PointRounds.ratios(point.with("naive", "lanewise"), "naive", "lanewise"));
    }

    @Test
    void shouldTakeUtilizationOfTheProbeAroundTheRound() {
        PointRounds point = rounds(ResultFiles.layer(new double[]{99, 101}, new double[]{40}, new double[]{60}));
        assertEquals(List.of(0.5), point.utilizations(point.with("lanewise"), "lanewise"));
    }

    @Test
    void shouldReadARoundThatCountsAlone() {
        List<Measurement> rows = new ArrayList<>(
                ResultFiles.layer(new double[]{100, 97.5, 94, 94}, new double[]{20, 30, 40}, new double[]{60, 60, 60}));
        for (int round = 0; round < 3; round++) {
            rows.add(ResultFiles.row("lanewise", round, "p99", 7 + round));
        }
        PointRounds point = rounds(rows);
        assertEquals(List.of(7.0, 9.0), point.readings("p99", "lanewise").stream().map(Row::value).toList());
        assertEquals(List.of(), point.readings("p99", "naive"));
    }

    @Test
    void shouldNotMixProcesses() {
        List<Measurement> rows = new ArrayList<>(
                ResultFiles.layer(new double[]{100, 100}, new double[]{20}, new double[]{60}));
        for (Measurement row : List.copyOf(rows)) {
            rows.add(new Measurement(row.suite(), row.name(), row.params(), row.subject(), 1, row.round(), row.unit(),
                    row.value() / 2));
        }
        assertEquals(List.of(0, 1), rounds(rows).kept().stream().map(Round::fork).toList());
        assertEquals(0, rounds(rows).dropped().size());
    }
}
