package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.SoftmaxStep;

/** Masked softmax over whole scores at work: sample by sample, head by head. */
final class BoundSoftmax implements BoundStep {

    private final Kernels kernels;
    private final ScoreRows scores;
    private final KeyMask mask;
    private final AttentionMap map;
    private final int heads;
    private final int queryStream;
    private final float empty;

    BoundSoftmax(SoftmaxStep step, Workspace workspace) {
        kernels = workspace.kernels();
        scores = workspace.scores(step.scores(), step.heads());
        mask = new KeyMask(workspace, step.keyMask(), step.scores().keys(), step.heads(), step.maskOrder());
        map = workspace.attentionMap(step.attentionOutput(), step.scores().stream(), step.scores().keys(),
                step.heads(), step.queryMask());
        heads = step.heads().count();
        queryStream = step.scores().stream().index();
        empty = workspace.emptyAttention();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(queryStream)); s < part.end(group.sequences(queryStream)); s++) {
            for (int head = 0; head < heads; head++) {
                Rows rows = scores.of(group, s, head);
                softmax(rows, mask.keys(group, s), mask.row(group, s, head));
                map.copy(group, s, head, 0, rows);
            }
        }
    }

    private void softmax(Rows rows, int keys, Rows marks) {
        if (rows.count() > 0 && keys > 0) {
            kernels.maskedSoftmax(rows, keys, marks, empty);
        }
    }
}
