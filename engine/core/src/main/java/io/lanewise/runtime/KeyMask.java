package io.lanewise.runtime;

import io.lanewise.graph.MaskOrder;
import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Stream;

/**
 * Which keys of a sample count. In a packed stream they are simply the first ones; a dense stream needs a row of marks, from
 * the sample that the mask order says.
 */
final class KeyMask {

    private final Rows marks; // one row, or null where every key there is counts
    private final Rows blocks; // the same marks, a row for each block of keys
    private final int stream;
    private final int heads;
    private final boolean modulo;

    /** Prepares the mask of a stream of keys; {@code masked} says whether padding is left out at all. */
    KeyMask(Workspace workspace, boolean masked, Stream keys, HeadShape heads, MaskOrder order) {
        this.marks = masked && keys.dense() ? workspace.maskRow(keys) : null;
        this.blocks = marks == null ? null : workspace.maskBlocks(keys);
        this.stream = keys.index();
        this.heads = heads.count();
        this.modulo = order == MaskOrder.GROUP_MODULO_BATCH;
    }

    /** Returns how many keys of a sample there are, masked ones included. */
    int keys(RowGroup group, int s) {
        return group.valid(stream, s);
    }

    /** Returns the marks of a head's keys, not 0 where a key is padding; or null where every key counts. */
    Rows row(RowGroup group, int s, int head) {
        if (marks == null) {
            return null;
        }
        StreamRows batch = group.batch(stream);
        int sample = group.sequence(stream, s);
        int masking = modulo ? (int) (((long) sample * heads + head) % batch.batch()) : sample;
        for (int key = 0; key < batch.length(); key++) {
            marks.set(0, key, batch.isPadding(masking, key) ? 1 : 0);
        }
        return marks;
    }

    /** Returns a block of the marks that {@link #row} wrote last; or null where every key counts. */
    Rows block(int block) {
        return blocks == null ? null : blocks.select(block, 1);
    }
}
