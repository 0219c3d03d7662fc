package io.lanewise.runtime;

import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadShape;

/** The scores of one head of one sample, where they are kept whole. */
final class ScoreRows {

    private final Rows rows; // [samples, heads, queries]
    private final int queryStream;
    private final int heads;

    ScoreRows(Rows rows, int queryStream, HeadShape heads) {
        this.rows = rows;
        this.queryStream = queryStream;
        this.heads = heads.count();
    }

    /** Selects the scores of a head's queries. */
    Rows of(RowGroup group, int s, int head) {
        int queries = group.valid(queryStream, s);
        return rows.select(group.start(queryStream, s) * heads + head * queries, queries);
    }
}
