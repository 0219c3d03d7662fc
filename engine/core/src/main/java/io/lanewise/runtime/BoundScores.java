package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.ScoresStep;

/** Whole scores at work: sample by sample, head by head. */
final class BoundScores implements BoundStep {

    private final Kernels kernels;
    private final ScoreRows scores;
    private final HeadRows queries;
    private final HeadRows keys;
    private final int heads;
    private final int queryStream;
    private final int keyStream;
    private final float scale;
    private final Rows scratch;

    BoundScores(ScoresStep step, Workspace workspace) {
        kernels = workspace.kernels();
        scores = workspace.scores(step.scores(), step.heads());
        queries = workspace.heads(step.queries(), step.heads());
        keys = workspace.heads(step.keys(), step.heads());
        heads = step.heads().count();
        queryStream = step.queries().stream().index();
        keyStream = step.keys().stream().index();
        scale = (float) step.scale();
        scratch = workspace.scratch();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(queryStream)); s < part.end(group.sequences(queryStream)); s++) {
            for (int head = 0; head < heads; head++) {
                score(scores.of(group, s, head), queries.of(group, queryStream, s, head),
                        keys.of(group, keyStream, s, head));
            }
        }
    }

    private void score(Rows to, Rows from, Rows against) {
        if (from.count() > 0 && against.count() > 0) {
            kernels.rowScores(to, from, against, scale, scratch);
        }
    }
}
