package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;

import io.lanewise.graph.HeadSplit;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadShape;

/**
 * The rows of one head of one sample, as windows into a slot: columns of its rows, whole rows where the slot has but one head
 * for all, or, reshaped, consecutive runs of head-sized pieces, which the layout keeps equally far apart.
 */
final class HeadRows {

    private final Rows[] windows; // one a head, or one in all when reshaped
    private final int heads;
    private final boolean reshaped;

    HeadRows(MemorySegment segment, long offsetBytes, int capacity, RowLayout layout, HeadShape heads) {
        this.heads = heads.count();
        this.reshaped = heads.split() == HeadSplit.RESHAPED && heads.count() > 1;
        this.windows = new Rows[reshaped ? 1 : heads.count()];
        boolean shared = layout.heads() == 1;
        for (int head = 0; head < windows.length; head++) {
            long headByte = offsetBytes + (shared ? 0 : (long) head * layout.paddedDim() * Float.BYTES);
            windows[head] = reshaped
                    ? new Rows(segment, offsetBytes, capacity * this.heads, layout.paddedDim(), layout.paddedDim())
                    : new Rows(segment, headByte, capacity, layout.paddedDim(), layout.stride());
        }
    }

    /** Selects the rows of a head that take part in attention. */
    Rows of(RowGroup group, int stream, int s, int head) {
        return of(group, stream, s, head, 0, group.valid(stream, s));
    }

    /** Selects some of the rows of a head. */
    Rows of(RowGroup group, int stream, int s, int head, int first, int count) {
        int start = group.start(stream, s);
        if (reshaped) {
            return windows[0].select(start * heads + head * group.live(stream, s) + first, count);
        }
        return windows[head].select(start + first, count);
    }
}
