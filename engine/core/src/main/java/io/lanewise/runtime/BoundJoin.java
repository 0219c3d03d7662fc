package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.JoinStep;

/** Rows on top of others at work, on a part of a group's sequences. */
final class BoundJoin implements BoundStep {

    private final Rows to;
    private final Rows first;
    private final Rows second;
    private final RowCopy copyFirst;
    private final RowCopy copySecond;
    private final int stream;
    private final int firstStream;
    private final int secondStream;

    BoundJoin(JoinStep step, Workspace workspace) {
        to = workspace.rows(step.result());
        first = workspace.rows(step.first());
        second = workspace.rows(step.second());
        copyFirst = new RowCopy(step.result().layout(), 0, step.first().layout());
        copySecond = new RowCopy(step.result().layout(), 0, step.second().layout());
        stream = step.result().stream().index();
        firstStream = step.first().stream().index();
        secondStream = step.second().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(stream)); s < part.end(group.sequences(stream)); s++) {
            int start = group.start(stream, s);
            int ofFirst = group.live(firstStream, s);
            int ofSecond = group.live(secondStream, s);
            to.select(start, ofFirst + ofSecond).clear();
            copyFirst.run(to, first.select(group.start(firstStream, s), ofFirst));
            copySecond.run(to.select(start + ofFirst, ofSecond), second.select(group.start(secondStream, s), ofSecond));
        }
    }
}
