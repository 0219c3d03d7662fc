package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes figures of rounds, and keeps them with the ids of their rows. A figure that nobody measured is null. */
final class Figures {

    private static final String LANEWISE = "lanewise";

    private final List<Figure> all = new ArrayList<>();

    List<Figure> all() {
        return all;
    }

    /** Returns the median time of a subject. */
    Figure medianTime(PointRounds point, String subject) {
        List<Round> rounds = point.with(subject);
        if (rounds.isEmpty()) {
            return null;
        }
        ToDoubleFunction<Round> time = round -> round.times().get(subject).value();
        return add("median time of " + subject + ", " + point.point(), "ns",
                Statistics.median(PointRounds.each(rounds, time)), rowsOf(rounds, subject));
    }

    /** Returns a subject's time in its best round; null where it was not timed. */
    Figure leastTime(PointRounds point, String subject) {
        List<Round> rounds = point.with(subject);
        if (rounds.isEmpty()) {
            return null;
        }
        ToDoubleFunction<Round> time = round -> round.times().get(subject).value();
        return add("best time of " + subject + ", " + point.point(), "ns",
                Statistics.minimum(PointRounds.each(rounds, time)), rowsOf(rounds, subject));
    }

    /** Returns how many times longer a subject takes than Lanewise: the median of the rounds' ratios. */
    Figure medianGain(PointRounds point, String subject) {
        return gain(point, subject, LANEWISE);
    }

    /** Returns how many times longer one subject takes than another: the median of the rounds' ratios. */
    Figure gain(PointRounds point, String slower, String faster) {
        List<Round> rounds = point.with(slower, faster);
        return rounds.isEmpty()
                ? null
                : add("median of " + slower + " / " + faster + ", " + point.point(), "ratio",
                        Statistics.median(PointRounds.ratios(rounds, slower, faster)), rowsOf(rounds, slower, faster));
    }

    /** Returns how many times longer one subject takes than another in all rounds together, of which each does another part. */
    Figure gainOfSums(PointRounds point, String slower, String faster) {
        List<Round> rounds = point.with(slower, faster);
        return rounds.isEmpty()
                ? null
                : add("sum of " + slower + " / sum of " + faster + ", " + point.point(), "ratio",
                        sum(rounds, slower) / sum(rounds, faster), rowsOf(rounds, slower, faster));
    }

    /** Returns the mean time of a subject, of whose rounds each does another part. */
    Figure meanTime(PointRounds point, String subject) {
        List<Round> rounds = point.with(subject);
        return rounds.isEmpty()
                ? null
                : add("mean time of " + subject + ", " + point.point(), "ns", sum(rounds, subject) / rounds.size(),
                        rowsOf(rounds, subject));
    }

    private static double sum(List<Round> rounds, String subject) {
        return rounds.stream().mapToDouble(round -> round.times().get(subject).value()).sum();
    }

    /** Returns how fast a subject is by the arithmetic as it is written, in 10⁹ operations a second. */
    Figure speed(PointRounds point, String subject) {
        Figure time = medianTime(point, subject);
        return time == null || point.multiplyAdds(subject) == null
                ? null
                : derived("speed of " + subject + ", " + point.point(), "GFLOP/s",
                        2 * point.multiplyAdds(subject).value() / time.value(), time);
    }

    /** Returns what was said of a subject; null where nothing was. */
    Figure remark(PointRounds point, String unit, String subject) {
        Row row = point.remark(unit, subject);
        return row == null
                ? null
                : add(unit + " of " + subject + ", " + point.point(), unit, row.value(), List.of(row.id()));
    }

    /** Returns the median of what was read of a subject in each round; null where nothing was. */
    Figure medianReading(PointRounds point, String reading, String unit, String subject) {
        List<Row> rows = point.readings(reading, subject);
        return rows.isEmpty()
                ? null
                : add("median of " + reading + " of " + subject + ", " + point.point(), unit,
                        Statistics.median(rows.stream().map(Row::value).toList()), rows.stream().map(Row::id).toList());
    }

    /** Returns how many times as large a reading of one subject is as another's: the median of the rounds' ratios. */
    Figure gainOfReadings(PointRounds point, String reading, String larger, String smaller) {
        List<Row> one = point.readings(reading, larger);
        List<Row> other = point.readings(reading, smaller);
        return one.isEmpty() || one.size() != other.size()
                ? null
                : add("median of %s of %s / %s, %s".formatted(reading, larger, smaller, point.point()), "ratio",
                        Statistics.median(IntStream.range(0, one.size())
                                .mapToObj(round -> one.get(round).value() / other.get(round).value()).toList()),
                        Stream.concat(one.stream(), other.stream()).map(Row::id).toList());
    }

    /** Returns how many times longer a subject takes than Lanewise in the round that was worst for Lanewise. */
    Figure leastGain(PointRounds point, String subject) {
        return leastGain(point, subject, LANEWISE);
    }

    /** Returns how many times longer one subject takes than another in the round that was worst for the other. */
    Figure leastGain(PointRounds point, String slower, String faster) {
        List<Round> rounds = point.with(slower, faster);
        return rounds.isEmpty()
                ? null
                : add("minimum of " + slower + " / " + faster + ", " + point.point(), "ratio",
                        Statistics.minimum(PointRounds.ratios(rounds, slower, faster)), rowsOf(rounds, slower, faster));
    }

    /** Returns the median fraction of the probe. */
    Figure medianUtilization(PointRounds point, String subject) {
        return utilization("median", point, subject, Statistics::median);
    }

    /** Returns the best round's fraction of the probe. */
    Figure bestUtilization(PointRounds point, String subject) {
        return utilization("best", point, subject, Statistics::maximum);
    }

    private Figure utilization(String which, PointRounds point, String subject,
            ToDoubleFunction<List<Double>> statistic) {
        List<Round> rounds = point.with(subject);
        if (rounds.isEmpty() || point.multiplyAdds(subject) == null) {
            return null;
        }
        List<String> rows = rowsOf(rounds, subject);
        rounds.forEach(round -> rows.addAll(List.of(round.before().id(), round.after().id())));
        rows.add(point.multiplyAdds(subject).id());
        return add(which + " fraction of the probe, " + subject + ", " + point.point(), "fraction",
                statistic.applyAsDouble(point.utilizations(rounds, subject)), rows);
    }

    /** Returns the median of rows that stand for themselves: percentiles, bytes, bandwidths. */
    Figure median(String what, List<Row> rows) {
        return rows.isEmpty()
                ? null
                : add("median of " + what, rows.getFirst().measurement().unit(),
                        Statistics.median(rows.stream().map(Row::value).toList()), rows.stream().map(Row::id).toList());
    }

    /** Returns the lowest of rows that stand for themselves. */
    Figure lowest(String what, List<Row> rows) {
        return add("lowest of " + what, rows.getFirst().measurement().unit(),
                Statistics.minimum(rows.stream().map(Row::value).toList()), rows.stream().map(Row::id).toList());
    }

    /** Returns the highest of rows that stand for themselves. */
    Figure highest(String what, List<Row> rows) {
        return add("highest of " + what, rows.getFirst().measurement().unit(),
                Statistics.maximum(rows.stream().map(Row::value).toList()), rows.stream().map(Row::id).toList());
    }

    /** Returns a figure that was computed of others. */
    Figure derived(String what, String unit, double value, Figure... sources) {
        return add(what, unit, value, Stream.of(sources).map(Figure::rows).flatMap(List::stream).toList());
    }

    /** Returns the geometric mean of other figures. */
    Figure geometricMean(String what, List<Figure> figures) {
        return figures.isEmpty()
                ? null
                : add("geometric mean of " + what, "ratio",
                        Statistics.geometricMean(figures.stream().map(Figure::value).toList()),
                        figures.stream().map(Figure::rows).flatMap(List::stream).toList());
    }

    private Figure add(String what, String unit, double value, List<String> rows) {
        Set<String> distinct = new LinkedHashSet<>(rows);
        all.add(new Figure("f" + (all.size() + 1), what, unit, value, Figure.text(unit, value),
                List.copyOf(distinct)));
        return all.getLast();
    }

    private static List<String> rowsOf(List<Round> rounds, String... subjects) {
        List<String> ids = new ArrayList<>();
        for (Round round : rounds) {
            for (String subject : subjects) {
                ids.add(round.times().get(subject).id());
            }
        }
        return ids;
    }
}
