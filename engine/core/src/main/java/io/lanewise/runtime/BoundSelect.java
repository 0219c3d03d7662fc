package io.lanewise.runtime;

import io.lanewise.graph.RowPlace;
import io.lanewise.memory.Rows;
import io.lanewise.plan.SelectStep;

/** A choice of one row a sample at work, on a part of a group's samples. */
final class BoundSelect implements BoundStep {

    private final Rows to;
    private final Rows from;
    private final RowCopy copy;
    private final RowPlace place;
    private final int stream;
    private final SampleRows sequence;

    BoundSelect(SelectStep step, Workspace workspace) {
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        copy = new RowCopy(step.result().layout(), 0, step.rows().layout());
        place = step.place();
        stream = step.rows().stream().index();
        sequence = new SampleRows(stream);
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(stream)); s < part.end(group.sequences(stream)); s++) {
            to.select(s, 1).clear();
            copy.run(to, from.select(group.start(stream, s) + sequence.row(group, s, place, 0), 1));
        }
    }
}
