package io.lanewise.plan;

/** What a product over all pairs of queries and keys costs. */
final class AttentionCost {

    private AttentionCost() {}

    /** Counts one product over pairs, head features deep. */
    static Cost ofPairs(RowCounts counts, Stream queries, Stream keys, HeadShape heads) {
        return ofPairs(counts, queries, keys, heads, ZeroRows.NONE);
    }

    /** Counts one product over the pairs of queries and of the keys that they see. */
    static Cost ofPairsInSight(RowCounts counts, Stream queries, Stream keys, HeadShape heads, ScoreTerms terms) {
        long pairs = 0;
        long rows = 0;
        for (int sample = 0; sample < counts.samples(); sample++) {
            int m = counts.rows(keys, sample);
            for (int query = 0; query < counts.rows(queries, sample); query++) {
                int place = terms.place(query, m);
                pairs += terms.endKey(place, m) - terms.firstKey(place);
            }
            rows += counts.rows(queries, sample) + m;
        }
        return new Cost(pairs * heads.features() * queries.sequences(),
                rows * heads.features() * queries.sequences() * Float.BYTES);
    }

    /** Counts one product over the pairs of those heads whose values are not all zero. */
    static Cost ofPairs(RowCounts counts, Stream queries, Stream keys, HeadShape heads, ZeroRows zeros) {
        long pairs = 0;
        long rows = 0;
        for (int sample = 0; sample < counts.samples(); sample++) {
            long n = counts.rows(queries, sample);
            long m = counts.rows(keys, sample);
            long features = zeros.equals(ZeroRows.NONE)
                    ? heads.features()
                    : (long) heads.dim() * zeros.groups(counts.padded(keys), counts.valid(keys, sample));
            pairs += n * m * features;
            rows += (n + m) * features;
        }
        return new Cost(pairs * queries.sequences(), rows * queries.sequences() * Float.BYTES);
    }
}
