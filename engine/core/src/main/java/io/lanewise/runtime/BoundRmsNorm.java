package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.RmsNormStep;

/** An RMS norm at work, on a part of a group's rows, head by head. */
final class BoundRmsNorm implements BoundStep {

    private final Kernels kernels;
    private final Rows[] to; // by head
    private final Rows[] from;
    private final Rows scale; // one row, or null
    private final int features;
    private final float eps;
    private final int stream;

    BoundRmsNorm(RmsNormStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.headColumns(step.result(), step.heads());
        from = workspace.headColumns(step.rows(), step.heads());
        scale = step.scale() == null ? null : workspace.constants().table(step.scaleTable());
        features = step.heads().dim();
        eps = (float) step.eps();
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        for (int head = 0; head < to.length; head++) {
            kernels.rmsNorm(to[head].select(first, n), from[head].select(first, n), features, eps, scale);
        }
    }
}
