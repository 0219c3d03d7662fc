package io.lanewise.runtime;

import io.lanewise.plan.ContextStep;

/** Contexts from whole attention at work: sample by sample, head by head. */
final class BoundContext implements BoundStep {

    private final ScoreRows attention;
    private final HeadRows values;
    private final ContextRows context;
    private final int heads;
    private final int queryStream;
    private final int keyStream;

    BoundContext(ContextStep step, Workspace workspace) {
        attention = workspace.scores(step.attention(), step.heads());
        values = workspace.heads(step.values(), step.heads());
        context = new ContextRows(workspace, step.context(), step.heads(), step.queryMask());
        heads = step.heads().count();
        queryStream = step.context().stream().index();
        keyStream = step.values().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(queryStream)); s < part.end(group.sequences(queryStream)); s++) {
            context.begin(group, s);
            for (int head = 0; head < heads; head++) {
                context.multiply(group, s, head, 0, attention.of(group, s, head),
                        values.of(group, keyStream, s, head));
            }
            context.clearMasked(group, s);
        }
    }
}
