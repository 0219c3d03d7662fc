package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AssociateStep;

/**
 * Rows mixed by their products with each other at work, on a part of a group's sequences: products of a tile of rows with all rows, and
 * from them the tile's results; or, where that takes more, {@code rowsᵀ values} first.
 */
final class BoundAssociate implements BoundStep {

    private final AssociateStep step;
    private final Kernels kernels;
    private final Rows to;
    private final Rows rows;
    private final Rows all; // the same rows
    private final Rows values;
    private final Rows tile;
    private final Rows scratch;
    private final Rows transposed; // [features of rows, rows]
    private final Rows moments; // [features of rows, features of values]
    private final int stream;

    BoundAssociate(AssociateStep step, Workspace workspace) {
        this.step = step;
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        rows = workspace.rows(step.rows());
        all = workspace.rows(step.rows());
        values = workspace.rows(step.values());
        tile = workspace.scoreTile(step.rows().stream());
        scratch = workspace.scratch();
        transposed = workspace.transposedRows(step);
        moments = workspace.moments(step);
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(stream)); s < part.end(group.sequences(stream)); s++) {
            int start = group.start(stream, s);
            int count = group.live(stream, s);
            if (step.pairs(count)) {
                pair(start, count);
            } else {
                multiplyMoments(start, count);
            }
        }
    }

    private void pair(int start, int count) {
        all.select(start, count);
        values.select(start, count);
        for (int first = 0; first < count; first += tile.capacity()) {
            int some = Math.min(tile.capacity(), count - first);
            kernels.rowScores(tile.select(0, some), rows.select(start + first, some), all, 1, scratch);
            kernels.rowContext(to.select(start + first, some), tile, values);
        }
    }

    private void multiplyMoments(int start, int count) {
        kernels.transpose(transposed, rows.select(start, count));
        kernels.rowContext(moments, transposed, values.select(start, count));
        kernels.rowContext(to.select(start, count), rows, moments);
    }
}
