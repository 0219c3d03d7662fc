package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Slot;

/** Where contexts go: head by head, with the rows that attend to nothing filled in. */
final class ContextRows {

    private final Workspace workspace;
    private final HeadRows heads;
    private final Rows whole;
    private final int stream;
    private final boolean dense;
    private final boolean queryMask;
    private final boolean hasTail;

    /** Prepares a slot of contexts; {@code queryMask} says whether rows that are padding get zeros. */
    ContextRows(Workspace workspace, Slot context, HeadShape heads, boolean queryMask) {
        this.workspace = workspace;
        this.heads = workspace.heads(context, heads);
        this.whole = workspace.rows(context);
        this.stream = context.stream().index();
        this.dense = context.stream().dense();
        this.queryMask = queryMask;
        this.hasTail = context.layout().width() > context.layout().heads() * context.layout().paddedDim();
    }

    /** Says whether parts of a sample's contexts can be written at the same time: not where whole rows are cleared. */
    boolean isDivisible() {
        return !hasTail && !(dense && queryMask);
    }

    /** Writes zeros where no head of a sample writes: whoever used the buffer before may have left anything there. */
    void begin(RowGroup group, int s) {
        if (hasTail) {
            whole.select(group.start(stream, s), group.live(stream, s)).clear();
        }
    }

    /** Multiplies a tile of attention with the values of its head; a query without any key gets the empty row. */
    void multiply(RowGroup group, int s, int head, int firstQuery, Rows attention, Rows values) {
        if (attention.count() == 0) {
            return;
        }
        Rows context = of(group, s, head, firstQuery, attention.count());
        if (values.count() > 0) {
            workspace.kernels().rowContext(context, attention, values);
        } else {
            fill(context, workspace.emptyAttention());
        }
    }

    /** Selects the contexts of some queries of a head. */
    Rows of(RowGroup group, int s, int head, int firstQuery, int queries) {
        return heads.of(group, stream, s, head, firstQuery, queries);
    }

    /** Fills the contexts of one query of a head with what it gets without any key. */
    void fillEmpty(RowGroup group, int s, int head, int query) {
        fill(of(group, s, head, query, 1), workspace.emptyAttention());
    }

    /** Writes zeros to the contexts of a sample's rows that are padding. */
    void clearMasked(RowGroup group, int s) {
        int start = group.start(stream, s);
        int valid = group.valid(stream, s);
        if (group.live(stream, s) > valid) {
            whole.select(start + valid, group.live(stream, s) - valid).clear();
        }
        if (dense && queryMask) {
            StreamRows batch = group.batch(stream);
            for (int row = 0; row < batch.length(); row++) {
                if (batch.isPadding(group.sequence(stream, s), row)) {
                    whole.select(start + row, 1).clear();
                }
            }
        }
    }

    private static void fill(Rows rows, float value) {
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < rows.width(); column++) {
                rows.set(row, column, value);
            }
        }
    }
}
