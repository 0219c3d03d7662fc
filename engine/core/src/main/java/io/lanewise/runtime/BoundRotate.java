package io.lanewise.runtime;

import io.lanewise.graph.RowPlace;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.RotateStep;

/** A rotation by places at work, on a part of each sample, head by head. */
final class BoundRotate implements BoundStep {

    private final Kernels kernels;
    private final Rows[] to; // by head
    private final Rows[] from;
    private final Rows angles;
    private final RowPlace place;
    private final int half;
    private final int stream;
    private final SampleRows sequence;

    BoundRotate(RotateStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.headColumns(step.result(), step.heads());
        from = workspace.headColumns(step.rows(), step.heads());
        angles = workspace.constants().table(step.angles());
        place = step.place();
        half = step.heads().dim() / 2;
        stream = step.rows().stream().index();
        sequence = workspace.sequence();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = 0; s < group.sequences(stream); s++) {
            int live = group.live(stream, s);
            int first = part.start(live);
            int n = part.size(live);
            if (n > 0) {
                rotate(group.start(stream, s) + first, n, sequence.place(group, s, place, first));
            }
        }
    }

    /** Rotates rows of one sample, whose places follow each other. */
    private void rotate(int row, int n, int firstPlace) {
        angles.select(firstPlace, n);
        for (int head = 0; head < to.length; head++) {
            kernels.rotate(to[head].select(row, n), from[head].select(row, n), half, angles);
        }
    }
}
