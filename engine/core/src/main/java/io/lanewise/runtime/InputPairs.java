package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.Slot;

/** Packs the pairs of live rows of one input into its slot: those of a sequence below each other, each row as wide as the keys can be. */
final class InputPairs implements Packed {

    private final Rows to;
    private final int stream;

    InputPairs(Workspace workspace, Slot slot) {
        this.to = workspace.pairs(slot);
        this.stream = slot.stream().index();
    }

    @Override
    public void pack(RowGroup group, TensorData data) {
        StreamRows rows = group.batch(stream);
        for (int s = 0; s < group.sequences(stream); s++) {
            int sequence = group.sequence(stream, s);
            int live = rows.live(sequence);
            for (int i = 0; i < live; i++) {
                long row = ((long) sequence * rows.length() + rows.source(sequence, i)) * rows.length();
                to.select(group.start(stream, s) + i, 1);
                for (int key = 0; key < live;) {
                    int run = InputRows.contiguous(rows, sequence, key, live);
                    data.copyTo(row + rows.source(sequence, key), to.segment(),
                            to.firstByte() + (long) key * Float.BYTES,
                            run);
                    key += run;
                }
            }
        }
    }
}
