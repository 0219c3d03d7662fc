package io.lanewise.plan;

/** What a product over all pairs of queries and keys costs. */
final class AttentionCost {

    private AttentionCost() {}

    /** Counts one product over pairs, head features deep. */
    static Cost ofPairs(RowCounts counts, Stream queries, Stream keys, HeadShape heads) {
        long pairs = 0;
        long rows = 0;
        for (int sample = 0; sample < counts.samples(); sample++) {
            long n = counts.rows(queries, sample);
            long m = counts.rows(keys, sample);
            pairs += n * m;
            rows += n + m;
        }
        return new Cost(pairs * heads.features(), rows * heads.features() * Float.BYTES);
    }
}
