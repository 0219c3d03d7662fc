package io.lanewise.cli;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps those of many lines whose vectors are nearest to one. */
final class NearestLines {

    /**
     * A line.
     *
     * @param number from 1 on
     */
    record Line(float cosine, long number, String text) {}

    /** The worst first; of two as good, the later one. */
    private static final Comparator<Line> WORST_FIRST = Comparator.comparing(Line::cosine)
            .thenComparing(Comparator.comparing(Line::number).reversed());

    private final float[] query;
    private final int most;
    private final PriorityQueue<Line> kept = new PriorityQueue<>(WORST_FIRST);
    private long passed;

    /** Begins with the first line; at most so many are kept. */
    NearestLines(float[] query, int most) {
        this.query = query;
        this.most = most;
    }

    /**
     * Takes a line.
     *
     * @param place of the line, from 0 on, behind those that were passed
     */
    void add(int place, String text, float[] vector) {
        kept.add(new Line((float) Vectors.cosine(query, vector), passed + place + 1, text));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** Goes on behind so many lines. */
    void pass(int lines) {
        passed += lines;
    }

    /** Returns the lines that were kept. */
    List<Line> bestFirst() {
        return kept.stream().sorted(WORST_FIRST.reversed()).toList();
    }
}
