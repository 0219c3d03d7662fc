package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;

import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Rows;
import io.lanewise.memory.Zeros;
import io.lanewise.plan.Slot;

/** Unpacks a slot into its output: live rows to their padded places, zeros everywhere else. */
final class OutputRows implements Unpacked {

    private final Rows from;
    private final int stream;
    private final int features;
    private final boolean denseRows;
    private final RowCopy copy;

    OutputRows(Workspace workspace, Slot slot) {
        RowLayout layout = slot.layout();
        this.from = workspace.rows(slot);
        this.stream = slot.stream().index();
        this.features = layout.features();
        this.denseRows = layout.stride() == features;
        this.copy = new RowCopy(RowLayout.dense(1, features, features), 0, layout);
    }

    @Override
    public void unpack(RowGroup group, MemorySegment output) {
        StreamRows rows = group.batch(stream);
        from.select(0, group.rows(stream));
        for (int s = 0; s < group.sequences(stream); s++) {
            int sample = group.sequence(stream, s);
            long sampleByte = (long) sample * rows.shown() * features * Float.BYTES;
            int live = rows.live(sample);
            if (live < rows.shown()) {
                Zeros.fill(output, sampleByte, (long) rows.shown() * features * Float.BYTES);
            }
            for (int i = 0; i < live;) {
                int run = denseRows ? InputRows.contiguous(rows, sample, i, live) : 1;
                long toByte = sampleByte + (long) rows.source(sample, i) * features * Float.BYTES;
                long fromByte = from.firstByte() + (long) (group.start(stream, s) + i) * from.stride() * Float.BYTES;
                if (denseRows) {
                    MemorySegment.copy(from.segment(), fromByte, output, toByte, (long) run * features * Float.BYTES);
                } else {
                    copy.copy(output, toByte, from.segment(), fromByte);
                }
                i += run;
            }
        }
    }
}
