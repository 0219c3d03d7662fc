package io.lanewise.runtime;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.ActivateStep;

/** A function of each element at work, on a part of a group's rows. */
final class BoundActivate implements BoundStep {

    private final Kernels kernels;
    private final Rows to;
    private final Rows from;
    private final Activation activation;
    private final int stream;

    BoundActivate(ActivateStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        activation = step.activation();
        stream = step.result().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        kernels.activate(to.select(first, n), from.select(first, n), activation);
    }
}
