package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.RankPoolStep;

/** Two rows of heads made one at work, head by head on a part of a group's rows. */
final class BoundRankPool implements BoundStep {

    private final Kernels kernels;
    private final Rows whole;
    private final Rows[] to; // by head
    private final Rows[] left;
    private final Rows[] right;
    private final int features;
    private final int rank;
    private final int stream;

    BoundRankPool(RankPoolStep step, Workspace workspace) {
        kernels = workspace.kernels();
        whole = workspace.rows(step.result());
        features = step.result().layout().headDim();
        int heads = step.result().layout().heads();
        to = new Rows[heads];
        left = new Rows[heads];
        right = new Rows[heads];
        for (int head = 0; head < heads; head++) {
            to[head] = workspace.headColumns(step.result(), head);
            left[head] = workspace.headColumns(step.left(), head);
            right[head] = workspace.headColumns(step.right(), head);
        }
        rank = step.rank();
        stream = step.result().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        whole.select(first, n).clear(); // what stands behind the heads
        for (int head = 0; head < to.length; head++) {
            kernels.rankPool(to[head].select(first, n), left[head].select(first, n), right[head].select(first, n),
                    features, rank);
        }
    }
}
