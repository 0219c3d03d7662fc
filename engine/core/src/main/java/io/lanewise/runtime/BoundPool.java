package io.lanewise.runtime;

import io.lanewise.graph.Pooling;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.PoolStep;

import static io.lanewise.runtime.WorkspaceLayout.POOLED_AT_ONCE;

/**
 * A pooling at work, on a part of a group's samples. A weighted sum of rows is a context: weights times rows, some of them at a
 * time, then their sums.
 */
final class BoundPool implements BoundStep {

    private final Kernels kernels;
    private final Rows to;
    private final Rows from;
    private final Rows parts;
    private final Rows weights; // one row
    private final Pooling pooling;
    private final int stream;

    BoundPool(PoolStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        parts = workspace.partSumsOfRows(step.rows());
        weights = workspace.poolWeights(step.rows().stream());
        pooling = step.pooling();
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(stream)); s < part.end(group.sequences(stream)); s++) {
            int first = group.start(stream, s);
            int count = group.live(stream, s);
            to.select(s, 1);
            if (pooling == Pooling.MAX) {
                largest(first, count);
            } else {
                sum(first, count);
            }
        }
    }

    private void largest(int first, int count) {
        kernels.activate(to, from.select(first, 1), Activation.NONE);
        for (int row = 1; row < count; row++) {
            kernels.max(to, to, from.select(first + row, 1));
        }
    }

    private void sum(int first, int count) {
        int sums = WorkspaceLayout.poolParts(count);
        for (int i = 0; i < sums; i++) {
            int start = i * POOLED_AT_ONCE;
            int rows = Math.min(POOLED_AT_ONCE, count - start);
            for (int row = 0; row < rows; row++) {
                weights.set(0, row, weight(start + row, count));
            }
            kernels.rowContext(sums == 1 ? to : parts.select(i, 1), weights, from.select(first + start, rows));
        }
        if (sums > 1) {
            for (int i = 0; i < sums; i++) {
                weights.set(0, i, 1);
            }
            kernels.rowContext(to, weights, parts.select(0, sums));
        }
    }

    private float weight(int row, int count) {
        return (float) switch (pooling) {
            case MEAN -> 1.0 / count;
            case MEAN_SQRT_LENGTH -> 1 / Math.sqrt(count);
            case WEIGHTED_MEAN -> (row + 1.0) / (count * (count + 1.0) / 2);
            case SUM -> 1;
            case MAX -> throw new IllegalStateException("the largest has no weights");
        };
    }
}
