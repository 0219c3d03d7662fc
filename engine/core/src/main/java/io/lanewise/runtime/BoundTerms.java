package io.lanewise.runtime;

import io.lanewise.graph.Buckets;
import io.lanewise.graph.Constant;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.ScoreTerms;

/**
 * What is added to scores for distances, at work. Keys out of sight of a whole tile of queries are not scored at all; whether they
 * are must not change a bit of the others, so that scores begin at whole turns of a softmax's sums.
 */
final class BoundTerms {

    /** Keys at which a vector's turn of four sums begins, at any width. */
    private static final int TURN = 64;

    private final Kernels kernels;
    private final ScoreTerms terms;
    private final AttendOperands operands;
    private final Rows scratch;
    private final Rows[] diagonals; // by head, or one for all, or null
    private final int center;
    private final Rows[] keyTable; // by head, or null
    private final Rows[] queryTable; // by head, or null
    private final Rows ofQueries;
    private final Rows ofKeys;

    private BoundTerms(AttendStep step, AttendOperands operands, Workspace workspace) {
        this.kernels = workspace.kernels();
        this.terms = step.terms();
        this.operands = operands;
        this.scratch = workspace.scratch();
        this.diagonals = terms.diagonals() == null ? null : workspace.singleRows(step.diagonals());
        this.center = terms.diagonals() == null ? 0 : step.diagonals().layout().features() / 2;
        ScoreTerms.Relative relative = terms.relative();
        int buckets = relative == null ? 0 : relative.buckets().count();
        this.keyTable = relative == null ? null : heads(relative.keyTable(), step, workspace);
        this.queryTable = relative == null ? null : heads(relative.queryTable(), step, workspace);
        this.ofQueries = keyTable == null ? null : workspace.queryBuckets(buckets);
        this.ofKeys = queryTable == null ? null : workspace.keyBuckets(step.keys().stream(), buckets);
    }

    /** Binds a step's terms to a workspace; returns null if there are none. */
    static BoundTerms of(AttendStep step, AttendOperands operands, Workspace workspace) {
        return step.terms().areNone() ? null : new BoundTerms(step, operands, workspace);
    }

    private static Rows[] heads(Constant table, AttendStep step, Workspace workspace) {
        return table == null ? null : workspace.headTables(step.ofDistances(table));
    }

    /** Returns the first key to be scored for queries from one on. */
    int firstKey(int query, int keys) {
        return terms.firstKey(terms.place(query, keys)) / TURN * TURN;
    }

    /** Returns the end of the keys to be scored for queries up to one. */
    int endKey(int query, int keys) {
        return terms.endKey(terms.place(query, keys), keys);
    }

    /** Turns to a head of a sample. */
    void begin(RowGroup group, int s, int head) {
        if (queryTable != null) {
            int keys = operands.keyCount(group, s);
            kernels.rowScores(ofKeys.select(0, keys), operands.keys(group, s, head, 0, keys), queryTable[head],
                    (float) terms.relative().scale(), scratch);
        }
    }

    /** Adds to the scores of a tile of queries and some keys. */
    void add(RowGroup group, int s, int head, int first, int firstKey, int count, Rows scores) {
        int distance = terms.place(first, operands.keyCount(group, s)) - firstKey;
        if (terms.relative() != null) {
            addRelative(group, s, head, first, firstKey, count, distance, scores);
        }
        if (diagonals != null) {
            kernels.addDiagonals(scores, count, diagonals[diagonals.length == 1 ? 0 : head], center - distance);
        }
        if (terms.hasWindow()) {
            kernels.maskDiagonals(scores, count, distance, terms.before(), terms.after());
        }
    }

    private void addRelative(RowGroup group, int s, int head, int first, int firstKey, int count, int distance,
            Rows scores) {
        if (keyTable != null) {
            kernels.rowScores(ofQueries.select(0, scores.count()),
                    operands.queries(group, s, head, first, scores.count()), keyTable[head],
                    (float) terms.relative().scale(), scratch);
        }
        Buckets buckets = terms.relative().buckets();
        kernels.addBuckets(scores, count, ofQueries, ofKeys == null ? null : ofKeys.select(firstKey, count),
                buckets.columns(), buckets.center() + distance);
    }
}
