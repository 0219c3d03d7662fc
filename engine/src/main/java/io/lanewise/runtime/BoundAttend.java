package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.ZeroRows;

/** The attention core at work: sample by sample, head by head, a tile of queries from scores to context. */
public final class BoundAttend implements BoundStep {

    private final Kernels kernels;
    private final Rows tile; // [tile rows, keys]
    private final HeadRows queries;
    private final HeadRows keys;
    private final HeadRows values;
    private final ContextRows context;
    private final KeyMask keyMask;
    private final AttentionMap map;
    private final int queryStream;
    private final int keyStream;
    private final int heads;
    private final float scale;
    private final Rows scratch;
    private final float empty;
    private final boolean skipsZeros;

    /** Binds the step to a workspace. */
    public BoundAttend(AttendStep step, Workspace workspace) {
        kernels = workspace.kernels();
        tile = workspace.scoreTile(step.keys().stream());
        queries = workspace.heads(step.queries(), step.heads());
        keys = workspace.heads(step.keys(), step.heads());
        values = workspace.heads(step.values(), step.heads());
        context = new ContextRows(workspace, step.context(), step.heads(), step.queryMask());
        keyMask = new KeyMask(workspace, step.keyMask(), step.keys().stream(), step.heads(), step.maskOrder());
        map = workspace.attentionMap(step.attentionOutput(), step.queries().stream(), step.keys().stream(),
                step.heads(),
                step.queryMask());
        queryStream = step.queries().stream().index();
        keyStream = step.keys().stream().index();
        heads = step.heads().count();
        scale = (float) step.scale();
        scratch = workspace.scratch();
        empty = workspace.emptyAttention();
        skipsZeros = !step.zeroContexts().equals(ZeroRows.NONE);
    }

    @Override
    public void run(RowGroup group, Part part) {
        if (group.samples() >= part.of() || !context.isDivisible()) {
            for (int s = part.start(group.samples()); s < part.end(group.samples()); s++) {
                attend(group, s, Part.WHOLE);
            }
        } else {
            for (int s = 0; s < group.samples(); s++) {
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
        int end = part.end(queries(group, s));
        if (skipsZeros && values.of(group, keyStream, s, head).areZero()) {
            context.clear(group, s, head, part.start(queries(group, s)), part.size(queries(group, s)));
            return;
        }
        for (int first = part.start(queries(group, s)); first < end; first += tile.capacity()) {
            Rows scores = tile.select(0, Math.min(tile.capacity(), end - first));
            score(group, s, head, first, scores);
            weigh(group, s, head, first, scores);
        }
    }

    /** Readies the contexts of a sample. */
    void begin(RowGroup group, int s) {
        context.begin(group, s);
    }

    /** Returns a sample's queries. */
    int queries(RowGroup group, int s) {
        return group.valid(queryStream, s);
    }

    /** Returns a sample's keys. */
    int keys(RowGroup group, int s) {
        return group.valid(keyStream, s);
    }

    /** Computes the scores of a tile of queries. */
    void score(RowGroup group, int s, int head, int first, Rows scores) {
        Rows k = keys.of(group, keyStream, s, head);
        if (k.count() > 0) {
            kernels.rowScores(scores, queries.of(group, queryStream, s, head, first, scores.count()), k, scale,
                    scratch);
        }
    }

    /** Turns the scores of a tile of queries into attention, and that into contexts. */
    void weigh(RowGroup group, int s, int head, int first, Rows scores) {
        if (keys(group, s) > 0) {
            kernels.maskedSoftmax(scores, keys(group, s), keyMask.row(group, s, head), empty);
        }
        map.copy(group, s, head, first, scores);
        context.multiply(group, s, head, first, scores, values.of(group, keyStream, s, head));
    }

    /** Writes zeros to the contexts of a sample's rows that are padding. */
    void clearMasked(RowGroup group, int s) {
        context.clearMasked(group, s);
    }
}
