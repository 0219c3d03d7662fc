package io.lanewise.runtime;

import java.lang.foreign.ValueLayout;

import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Stream;

/** Copies attention to the output that the caller asked for, each row and key at its padded place; else does nothing. */
final class AttentionMap {

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
    void copy(RowGroup group, int s, int head, int first, Rows attention) {
        if (output == null) {
            return;
        }
        int count = group.valid(keys.index(), s);
        copy(group, s, head, first, attention, 0, count);
        if (count == 0) {
            for (int i = 0; i < attention.count(); i++) {
                fillEmpty(group, s, head, first + i);
            }
        }
    }

    /** Copies a tile of a head's attention to a block of keys. */
    void copy(RowGroup group, int s, int head, int first, Rows attention, int firstKey, int count) {
        for (int i = 0; output != null && i < attention.count(); i++) {
            long row = rowByte(group, s, head, first + i);
            for (int key = 0; key < count && row >= 0; key++) {
                output.memory().set(FLOAT, row + keyByte(group, s, firstKey + key), attention.get(i, key));
            }
        }
    }

    /** Multiplies the attention of a query to a block of keys that was copied before. */
    void scale(RowGroup group, int s, int head, int query, int firstKey, int count, float factor) {
        long row = output == null ? -1 : rowByte(group, s, head, query);
        for (int key = 0; key < count && row >= 0; key++) {
            long cell = row + keyByte(group, s, firstKey + key);
            output.memory().set(FLOAT, cell, output.memory().get(FLOAT, cell) * factor);
        }
    }

    /** Writes what a query without any key attends with. */
    void fillEmpty(RowGroup group, int s, int head, int query) {
        long row = output == null ? -1 : rowByte(group, s, head, query);
        int length = group.batch(keys.index()).shown();
        for (int key = 0; key < length && row >= 0; key++) {
            output.memory().set(FLOAT, row + (long) key * Float.BYTES, empty);
        }
    }

    /** Returns where the row of a query starts, or a negative number where it stays zero. */
    private long rowByte(RowGroup group, int s, int head, int i) {
        StreamRows queryRows = group.batch(queries.index());
        int sample = group.sequence(queries.index(), s);
        int query = queryRows.source(sample, i);
        if (queryMask && queryRows.isPadding(sample, query)) {
            return -1;
        }
        long row = ((long) sample * heads + head) * queryRows.shown() + query;
        return row * group.batch(keys.index()).shown() * Float.BYTES;
    }

    private long keyByte(RowGroup group, int s, int key) {
        return (long) group.batch(keys.index()).source(group.sequence(keys.index(), s), key) * Float.BYTES;
    }
}
