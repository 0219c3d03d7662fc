package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.CoAttendStep;

/** Two opposite attention cores at work: sample by sample, from one tile of scores and the same tile transposed. */
final class BoundCoAttend implements BoundStep {

    private final Kernels kernels;
    private final BoundAttend rows;
    private final BoundAttend columns;
    private final Rows scores;
    private final Rows transposed;

    /** Binds the step to a workspace. */
    BoundCoAttend(CoAttendStep step, Workspace workspace) {
        kernels = workspace.kernels();
        rows = new BoundAttend(step.rows(), workspace);
        columns = new BoundAttend(step.columns(), workspace);
        scores = workspace.sharedScores(0);
        transposed = workspace.sharedScores(1);
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(rows.queryStream())); s < part
                .end(group.sequences(rows.queryStream())); s++) {
            if (isShared(rows.queries(group, s), rows.keys(group, s))) {
                share(group, s);
            } else {
                rows.attend(group, s, Part.WHOLE);
                columns.attend(group, s, Part.WHOLE);
            }
        }
    }

    private static boolean isShared(int queries, int keys) {
        return queries > 0 && keys > 0 && CoAttendStep.isShared(queries, keys);
    }

    private void share(RowGroup group, int s) {
        rows.begin(group, s);
        columns.begin(group, s);
        rows.score(group, s, 0, 0, scores.select(0, rows.queries(group, s)));
        kernels.transpose(transposed.select(0, rows.keys(group, s)), scores);
        rows.weigh(group, s, 0, 0, scores);
        columns.weigh(group, s, 0, 0, transposed);
        rows.clearMasked(group, s);
        columns.clearMasked(group, s);
    }
}
