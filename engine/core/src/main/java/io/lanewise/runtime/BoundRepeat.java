package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.RepeatStep;

/** The same rows for each of some sequences at work, on a part of a group's sequences. */
final class BoundRepeat implements BoundStep {

    private final Rows to;
    private final Rows from;
    private final RowCopy copy;
    private final int stream;
    private final int fromStream;
    private final int times;

    BoundRepeat(RepeatStep step, Workspace workspace) {
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        copy = new RowCopy(step.result().layout(), 0, step.rows().layout());
        stream = step.result().stream().index();
        fromStream = step.rows().stream().index();
        times = step.result().stream().sequences();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(stream)); s < part.end(group.sequences(stream)); s++) {
            int live = group.live(stream, s);
            to.select(group.start(stream, s), live).clear();
            copy.run(to, from.select(group.start(fromStream, s / times), live));
        }
    }
}
