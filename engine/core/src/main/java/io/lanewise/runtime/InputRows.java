package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.Slot;

/** Packs the rows of one input into its slot: the live rows of a group's samples, one after the other. */
final class InputRows implements Packed {

    private final Rows to;
    private final int stream;
    private final int features;

    InputRows(Workspace workspace, Slot slot) {
        this.to = workspace.rows(slot);
        this.stream = slot.stream().index();
        this.features = slot.layout().features();
    }

    @Override
    public void pack(RowGroup group, TensorData data) {
        to.select(0, group.rows(stream));
        if (to.width() > features) {
            to.clear();
        }
        StreamRows rows = group.batch(stream);
        for (int s = 0; s < group.sequences(stream); s++) {
            int sample = group.sequence(stream, s);
            int start = group.start(stream, s);
            int live = rows.live(sample);
            for (int i = 0; i < live;) {
                int run = to.stride() > features ? 1 : contiguous(rows, sample, i, live);
                long first = ((long) sample * rows.length() + rows.source(sample, i)) * features;
                data.copyTo(first, to.segment(), to.firstByte() + (long) (start + i) * to.stride() * Float.BYTES,
                        (long) run * features);
                i += run;
            }
        }
    }

    /** Returns how many rows from {@code i} on follow each other in the padded tensor too. */
    static int contiguous(StreamRows rows, int sample, int i, int live) {
        int run = 1;
        while (i + run < live && rows.source(sample, i + run) == rows.source(sample, i) + run) {
            run++;
        }
        return run;
    }
}
