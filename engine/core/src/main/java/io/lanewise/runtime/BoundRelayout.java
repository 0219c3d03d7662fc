package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.RelayoutStep;

/** A copy between layouts at work, on a part of a group's rows. */
final class BoundRelayout implements BoundStep {

    private final Rows to;
    private final Rows from;
    private final RowCopy copy;
    private final boolean clears; // the gaps of a row, when its first features come
    private final int stream;

    BoundRelayout(RelayoutStep step, Workspace workspace) {
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        copy = new RowCopy(step.result().layout(), step.firstFeature(), step.rows().layout());
        boolean hasGaps = step.result().layout().width() > step.result().layout().features();
        clears = hasGaps && step.firstFeature() == 0;
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        to.select(first, n);
        if (clears) {
            to.clear();
        }
        copy.run(to, from.select(first, n));
    }
}
