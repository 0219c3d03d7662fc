package io.lanewise.runtime;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.NormStep;

/** A layer norm at work, on a part of a group's rows. */
final class BoundNorm implements BoundStep {

    private static final int IN_CACHE = 4; // rows: those of a norm are still in the L1 cache when they are activated

    private final Kernels kernels;
    private final Rows to;
    private final Rows from;
    private final Rows residual; // null where nothing is added
    private final Rows scale; // one row, or null
    private final Rows shift; // one row, or null
    private final int features;
    private final float eps;
    private final Activation activation;
    private final int stream;

    BoundNorm(NormStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        residual = step.residual() == null ? null : workspace.rows(step.residual());
        scale = step.scale() == null ? null : workspace.constants().table(step.scale(), step.rows().layout());
        shift = step.shift() == null ? null : workspace.constants().table(step.shift(), step.rows().layout());
        features = step.rows().layout().features();
        eps = (float) step.eps();
        activation = step.activation();
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int end = first + part.size(group.rows(stream));
        if (activation == Activation.NONE) {
            norm(first, end - first);
            return;
        }
        for (int row = first; row < end; row += IN_CACHE) {
            int n = Math.min(IN_CACHE, end - row);
            norm(row, n);
            kernels.activate(to, to, activation);
        }
    }

    private void norm(int first, int n) {
        kernels.fusedNorm(to.select(first, n), from.select(first, n),
                residual == null ? null : residual.select(first, n), features, eps, scale, shift);
    }
}
