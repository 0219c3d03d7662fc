package io.lanewise.runtime;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.GateStep;

/** A gate at work, on a part of a group's rows. */
final class BoundGate implements BoundStep {

    private final Kernels kernels;
    private final Rows to;
    private final Rows gate;
    private final Rows up;
    private final Activation activation;
    private final int stream;

    BoundGate(GateStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        gate = workspace.rows(step.gate());
        up = workspace.rows(step.up());
        activation = step.activation();
        stream = step.result().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        kernels.gate(to.select(first, n), gate.select(first, n), up.select(first, n), activation);
    }
}
