package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.NormalizeStep;

/** Rows made of length 1 at work, on a part of a group's: one a sample, so that plain loops do. */
final class BoundNormalize implements BoundStep {

    private static final double LEAST_LENGTH = 1e-12;

    private final Rows to;
    private final Rows from;
    private final int features;
    private final int stream;

    BoundNormalize(NormalizeStep step, Workspace workspace) {
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        features = step.rows().layout().features();
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int row = part.start(group.rows(stream)); row < part.end(group.rows(stream)); row++) {
            normalize(to.select(row, 1), from.select(row, 1));
        }
    }

    private void normalize(Rows result, Rows row) {
        result.clear();
        double squares = 0;
        for (int feature = 0; feature < features; feature++) {
            squares += (double) row.get(0, feature) * row.get(0, feature);
        }
        double length = Math.max(Math.sqrt(squares), LEAST_LENGTH);
        for (int feature = 0; feature < features; feature++) {
            result.set(0, feature, (float) (row.get(0, feature) / length));
        }
    }
}
