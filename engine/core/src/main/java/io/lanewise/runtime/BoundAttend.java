package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.ZeroRows;

/** The attention core at work: sample by sample, head by head, a tile of queries from scores to context. */
final class BoundAttend implements BoundStep {

    private final Kernels kernels;
    private final Rows tile; // [tile rows, keys]
    private final AttendOperands operands;
    private final ContextRows context;
    private final BoundTerms terms; // null where scores stay as they are
    private final OnlineAttend online; // null where a tile has room for all keys
    private final int heads;
    private final float scale;
    private final Rows scratch;
    private final float empty;
    private final boolean skipsZeros;

    /** Binds the step to a workspace. */
    BoundAttend(AttendStep step, Workspace workspace) {
        kernels = workspace.kernels();
        tile = workspace.scoreTile(step.keys().stream());
        operands = AttendOperands.of(step, workspace);
        context = operands.context();
        terms = BoundTerms.of(step, operands, workspace);
        online = workspace.keyBlocks(step.keys().stream()) == 1
                ? null
                : new OnlineAttend(step, operands, terms, workspace);
        heads = step.heads().count();
        scale = (float) step.scale();
        scratch = workspace.scratch();
        empty = workspace.emptyAttention();
        skipsZeros = !step.zeroContexts().equals(ZeroRows.NONE);
    }

    @Override
    public void run(RowGroup group, Part part) {
        if (group.sequences(operands.queryStream()) >= part.of() || !context.isDivisible()) {
            for (int s = part.start(group.sequences(operands.queryStream())); s < part
                    .end(group.sequences(operands.queryStream())); s++) {
                attend(group, s, Part.WHOLE);
            }
        } else {
            for (int s = 0; s < group.sequences(operands.queryStream()); s++) {
                attend(group, s, part);
            }
        }
    }

    /** Attends to a part of one sample: to some of its heads if they can be dealt out evenly, else with some of its queries. */
    void attend(RowGroup group, int s, Part part) {
        begin(group, s);
        Part ofHeads = heads % part.of() == 0 ? part : Part.WHOLE;
        Part ofQueries = heads % part.of() == 0 ? Part.WHOLE : part;
        for (int head = ofHeads.start(heads); head < ofHeads.end(heads); head++) {
            attend(group, s, head, ofQueries);
        }
        if (part.isFirst()) {
            context.clearMasked(group, s);
        }
    }

    private void attend(RowGroup group, int s, int head, Part part) {
        int keys = keys(group, s);
        int start = part.start(queries(group, s));
        int end = part.end(queries(group, s));
        if (skipsZeros && operands.values(group, s, head, 0, keys).areZero()) {
            context.of(group, s, head, start, end - start).clear();
            return;
        }
        if (terms != null) {
            terms.begin(group, s, head);
        }
        for (int first = start; first < end; first += tile.capacity()) {
            Rows scores = tile.select(0, Math.min(tile.capacity(), end - first));
            if (keys > AttendStep.KEYS_AT_ONCE) {
                online.run(group, s, head, first, scores);
            } else if (terms != null) {
                attendInSight(group, s, head, first, keys, scores);
            } else {
                score(group, s, head, first, scores);
                weigh(group, s, head, first, scores);
            }
        }
    }

    /** Attends with a tile of queries to the keys that they see, of those that count. */
    private void attendInSight(RowGroup group, int s, int head, int first, int keys, Rows scores) {
        int firstKey = terms.firstKey(first, keys);
        int count = terms.endKey(first + scores.count() - 1, keys) - firstKey;
        kernels.rowScores(scores, operands.queries(group, s, head, first, scores.count()),
                operands.keys(group, s, head, firstKey, count), scale, scratch);
        terms.add(group, s, head, first, firstKey, count, scores);
        kernels.maskedSoftmax(scores, count, null, empty);
        operands.map().copy(group, s, head, first, scores, firstKey, count);
        context.multiply(group, s, head, first, scores, operands.values(group, s, head, firstKey, count));
    }

    /** Readies the contexts of a sample. */
    void begin(RowGroup group, int s) {
        context.begin(group, s);
    }

    /** Returns the index of the queries' stream. */
    int queryStream() {
        return operands.queryStream();
    }

    /** Returns a sample's queries. */
    int queries(RowGroup group, int s) {
        return operands.queryCount(group, s);
    }

    /** Returns a sample's keys. */
    int keys(RowGroup group, int s) {
        return operands.keyCount(group, s);
    }

    /** Computes the scores of a tile of queries. */
    void score(RowGroup group, int s, int head, int first, Rows scores) {
        if (keys(group, s) > 0) {
            kernels.rowScores(scores, operands.queries(group, s, head, first, scores.count()),
                    operands.keys(group, s, head, 0, keys(group, s)), scale, scratch);
        }
    }

    /** Turns the scores of a tile of queries into attention, and that into contexts. */
    void weigh(RowGroup group, int s, int head, int first, Rows scores) {
        if (keys(group, s) > 0) {
            kernels.maskedSoftmax(scores, keys(group, s), operands.mask().row(group, s, head), empty);
        }
        operands.map().copy(group, s, head, first, scores);
        context.multiply(group, s, head, first, scores, operands.values(group, s, head, 0, keys(group, s)));
    }

    /** Writes zeros to the contexts of a sample's rows that are padding. */
    void clearMasked(RowGroup group, int s) {
        context.clearMasked(group, s);
    }
}
