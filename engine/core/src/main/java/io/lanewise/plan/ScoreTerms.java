package io.lanewise.plan;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.Buckets;
import io.lanewise.graph.Constant;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;

/**
 * What becomes of scores by the distance of a key from its query, before the softmax.
 *
 * @param diagonals a number for each distance, {@code [heads or 1, 2n − 1]}, or null
 * @param before how many rows before its query a key may lie
 * @param after how many rows behind it
 * @param relative what query and key think of their distance, or null
 * @param queries which rows of the sequence the queries are
 */
public record ScoreTerms(Constant diagonals, int before, int after, Relative relative, RowPlace queries) {

    /**
     * Products of queries and keys with tables of distances.
     *
     * @param keyTable met by queries, or null
     * @param queryTable met by keys, or null
     */
    public record Relative(Constant keyTable, Constant queryTable, Buckets buckets, double scale) {}

    /** Nothing. */
    public static final ScoreTerms NONE = new ScoreTerms(null, Integer.MAX_VALUE, Integer.MAX_VALUE, null,
            RowPlace.EACH);

    /** Says whether scores stay as they are. */
    public boolean areNone() {
        return diagonals == null && !hasWindow() && relative == null;
    }

    /** Says whether some keys are out of sight. */
    public boolean hasWindow() {
        return before < Integer.MAX_VALUE || after < Integer.MAX_VALUE;
    }

    /** Returns the place of a query in the sequence. */
    public int place(int query, int keys) {
        return switch (queries) {
            case EACH -> query;
            case FIRST -> 0;
            case LAST -> keys - 1;
        };
    }

    /** Returns the first key that queries from a place on can see. */
    public int firstKey(int place) {
        return (int) Math.max(0, (long) place - before);
    }

    /** Returns the end of the keys that queries up to a place can see. */
    public int endKey(int place, int keys) {
        return (int) Math.min(keys, (long) place + after + 1);
    }

    /** Returns the rows of the longest sample that the tables are for. */
    int longest() {
        int ofDiagonals = diagonals == null
                ? Integer.MAX_VALUE
                : (((Shape.Matrix) diagonals.shape()).columns() + 1) / 2;
        int ofBuckets = relative == null ? Integer.MAX_VALUE : (relative.buckets().columns().length + 1) / 2;
        return Math.min(ofDiagonals, ofBuckets);
    }

    /** Returns the terms of the graph's ops. */
    List<String> absorbed() {
        List<String> absorbed = new ArrayList<>();
        if (relative != null) {
            absorbed.add("disentangled");
        }
        if (diagonals != null) {
            absorbed.add("biased");
        }
        if (hasWindow()) {
            absorbed.add("window");
        }
        return absorbed;
    }

    @Override
    public String toString() {
        return (relative == null ? "" : " + relative " + relative.buckets())
                + (diagonals == null ? "" : " + " + diagonals + "[key − query]") + (hasWindow() ? window() : "");
    }

    private String window() {
        return ", keys of " + (before == Integer.MAX_VALUE ? "all" : before) + " rows before and "
                + (after == Integer.MAX_VALUE ? "all" : after) + " behind";
    }
}
