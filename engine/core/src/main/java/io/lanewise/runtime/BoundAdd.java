package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AddStep;

/** A sum at work, on a part of a group's rows. */
final class BoundAdd implements BoundStep {

    private final Kernels kernels;
    private final Rows to;
    private final Rows left;
    private final Rows right;
    private final int stream;

    BoundAdd(AddStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        left = workspace.rows(step.left());
        right = workspace.rows(step.right());
        stream = step.result().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        kernels.add(to.select(first, n), left.select(first, n), right.select(first, n));
    }
}
