package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

import io.lanewise.bench.result.Measurement;

/** The rounds of a point: those that count, those that do not, how much work each subject does, and what else was said of it. */
final class PointRounds {

    private record Moment(String file, int fork, int round) {}

    private final PointKey point;
    private final List<Round> kept = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final Map<String, Map<String, SequencedMap<Moment, Row>>> remarks = new LinkedHashMap<>(); // by unit, then by subject

    /** Sorts the rows of one point into rounds. */
    PointRounds(PointKey point, List<Row> rows) {
        this.point = point;
        Map<Moment, Row> probes = new HashMap<>();
        Map<Moment, Map<String, Row>> times = new LinkedHashMap<>();
        for (Row row : rows) {
            Measurement m = row.measurement();
            Moment moment = new Moment(row.file(), m.fork(), m.round());
            if (m.isProbe()) {
                probes.put(moment, row);
            } else if (!m.unit().equals("ns")) {
                remarks.computeIfAbsent(m.unit(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(m.subject(), _ -> new LinkedHashMap<>()).put(moment, row);
            } else {
                times.computeIfAbsent(moment, _ -> new LinkedHashMap<>()).put(m.subject(), row);
            }
        }
        times.forEach((at, byName) -> sort(new Round(at.file, at.fork, at.round, probes.get(at),
                probes.get(new Moment(at.file, at.fork, at.round + 1)), byName)));
    }

    private void sort(Round round) {
        if (round.flaw() == null) {
            kept.add(round);
        } else {
            dropped.add(Dropped.of(point, round));
        }
    }

    PointKey point() {
        return point;
    }

    List<Round> kept() {
        return kept;
    }

    List<Dropped> dropped() {
        return dropped;
    }

    /** Returns the rounds that count in which all of these took part. */
    List<Round> with(String... subjects) {
        return kept.stream().filter(round -> round.times().keySet().containsAll(List.of(subjects))).toList();
    }

    /** Returns the row that says how much work a subject does, or null. */
    Row multiplyAdds(String subject) {
        return remark("multiply-adds", subject);
    }

    /** Returns the row that says something else of a subject, or null. */
    Row remark(String unit, String subject) {
        SequencedMap<Moment, Row> said = remarks.getOrDefault(unit, Map.of()).get(subject);
        return said == null ? null : said.lastEntry().getValue();
    }

    /** Returns the rows that say something else of a subject in rounds that count. */
    List<Row> readings(String unit, String subject) {
        Map<Moment, Row> said = remarks.getOrDefault(unit, Map.of()).getOrDefault(subject, new LinkedHashMap<>());
        return kept.stream().map(round -> said.get(new Moment(round.file(), round.fork(), round.round())))
                .filter(Objects::nonNull).toList();
    }

    /** Returns one subject's time over the other's, round by round. */
    static List<Double> ratios(List<Round> rounds, String slower, String faster) {
        return each(rounds, round -> round.times().get(slower).value() / round.times().get(faster).value());
    }

    /** Returns the fraction of the probe at which a subject did its work, round by round. */
    List<Double> utilizations(List<Round> rounds, String subject) {
        double operations = 2 * multiplyAdds(subject).value();
        return each(rounds, round -> operations / round.times().get(subject).value() / round.probe());
    }

    static List<Double> each(List<Round> rounds, ToDoubleFunction<Round> value) {
        return rounds.stream().map(value::applyAsDouble).toList();
    }
}
