package io.lanewise.plan;

import java.util.List;

import io.lanewise.graph.MaskOrder;

/**
 * The core of an attention in one pass per head: scores, mask, softmax and context of a tile of query rows at a time, so that
 * scores never outlive their tile. More keys than {@link #KEYS_AT_ONCE} go by in blocks of as many (online softmax).
 *
 * @param keyMask whether keys that are padding are left out
 * @param queryMask whether queries that are padding get a context of zeros
 * @param zeroContexts heads of reshaped rows whose contexts are zero because all their values are; those are not attended to
 * @param attentionOutput the output that the attention map is copied to, or null
 */
public record AttendStep(Slot context, Slot queries, Slot keys, Slot values, HeadShape heads, double scale,
        boolean keyMask,
        boolean queryMask, MaskOrder maskOrder, ZeroRows zeroContexts, String attentionOutput) implements CoreStep {

    /**
     * Keys that a query's scores are kept for at once; more are attended to block by block. It must not depend on a session's
     * limits.
     */
    public static final int KEYS_AT_ONCE = 1024;

    @Override
    public List<Slot> reads() {
        return List.of(queries, keys, values);
    }

    @Override
    public List<Slot> writes() {
        return List.of(context);
    }

    @Override
    public List<ConstantRef> constants() {
        return List.of();
    }

    @Override
    public List<String> absorbed() {
        return keyMask || queryMask
                ? List.of("scores", "mask", "softmax", "context")
                : List.of("scores", "softmax", "context");
    }

    @Override
    public Cost cost(RowCounts counts) {
        Cost product = AttentionCost.ofPairs(counts, queries.stream(), keys.stream(), heads, zeroContexts);
        return product.plus(product);
    }

    @Override
    public String describe() {
        return context + " = softmax(" + queries + " · " + keys + "ᵀ · " + (float) scale + ") · " + values + ", "
                + heads
                + (keyMask ? ", keys masked" : "") + (queryMask ? ", queries masked" : "")
                + (zeroContexts.equals(ZeroRows.NONE) ? "" : ", heads of zeros left out");
    }
}
