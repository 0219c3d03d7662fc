package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;

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
    }

    @Override
    public void run(RowGroup group) {
        context.begin(group);
        for (int s = 0; s < group.samples(); s++) {
            for (int head = 0; head < heads; head++) {
                attend(group, s, head);
            }
            context.clearMasked(group, s);
        }
    }

    private void attend(RowGroup group, int s, int head) {
        int n = group.valid(queryStream, s);
        Rows mask = keyMask.row(group, s, head);
        for (int first = 0; first < n; first += tile.capacity()) {
            int count = Math.min(tile.capacity(), n - first);
            Rows k = keys.of(group, keyStream, s, head);
            Rows scores = tile.select(0, count);
            if (k.count() > 0) {
                kernels.rowScores(scores, queries.of(group, queryStream, s, head, first, count), k, scale, scratch);
                kernels.maskedSoftmax(scores, k.count(), mask, empty);
            }
            map.copy(group, s, head, first, scores);
            context.multiply(group, s, head, first, scores, values.of(group, keyStream, s, head));
        }
    }
}
