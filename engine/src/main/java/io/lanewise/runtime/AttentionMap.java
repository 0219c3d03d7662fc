package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Stream;

/** Copies attention to the output that the caller asked for, each row and key at its padded place; else does nothing. */
public final class AttentionMap {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final OutputTensor output; // [B, heads, Lq, Lk], or null where nobody asked
    private final Stream queries;
    private final Stream keys;
    private final int heads;
    private final boolean queryMask;
    private final float empty;

    AttentionMap(OutputTensor output, Stream queries, Stream keys, HeadShape heads, boolean queryMask, float empty) {
        this.output = output;
        this.queries = queries;
        this.keys = keys;
        this.heads = heads.count();
        this.queryMask = queryMask;
        this.empty = empty;
    }

    /** Copies a tile of a head's attention, from query {@code first} on. The output holds zeros beforehand. */
    public void copy(RowGroup group, int s, int head, int first, Rows attention) {
        if (output == null) {
            return;
        }
        StreamRows queryRows = group.batch(queries.index());
        StreamRows keyRows = group.batch(keys.index());
        int sample = group.sample(s);
        for (int i = 0; i < attention.count(); i++) {
            int query = queryRows.source(sample, first + i);
            if (!(queryMask && queryRows.isPadding(sample, query))) {
                long row = ((long) sample * heads + head) * queryRows.length() + query;
                copyRow(attention, i, keyRows, sample, output.memory(), row * keyRows.length() * Float.BYTES);
            }
        }
    }

    private void copyRow(Rows attention, int i, StreamRows keyRows, int sample, MemorySegment to, long rowByte) {
        int count = keyRows.valid(sample);
        for (int key = 0; key < count; key++) {
            to.set(FLOAT, rowByte + (long) keyRows.source(sample, key) * Float.BYTES, attention.get(i, key));
        }
        for (int key = 0; key < keyRows.length() && count == 0; key++) {
            to.set(FLOAT, rowByte + (long) key * Float.BYTES, empty);
        }
    }
}
