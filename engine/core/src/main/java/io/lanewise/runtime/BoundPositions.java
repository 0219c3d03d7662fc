package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.PositionsStep;

/** The sum of rows and positions at work, on a part of each sample. */
final class BoundPositions implements BoundStep {

    private final Kernels kernels;
    private final Rows to;
    private final Rows from;
    private final Rows table;
    private final int stream;

    BoundPositions(PositionsStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        table = workspace.constants().table(step.table(), step.rows().layout());
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        StreamRows rows = group.batch(stream);
        for (int s = 0; s < group.sequences(stream); s++) {
            int start = group.start(stream, s);
            int sample = group.sequence(stream, s);
            int end = part.end(rows.live(sample));
            for (int i = part.start(rows.live(sample)); i < end; i++) {
                kernels.add(to.select(start + i, 1), from.select(start + i, 1),
                        table.select(rows.tableRow(sample, i), 1));
            }
        }
    }
}
