package io.lanewise.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Constant;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Block;

/**
 * The core of an attention in one pass per head: scores, mask, softmax and context of a tile of query rows at a time, so that
 * scores never outlive their tile. More keys than {@link #KEYS_AT_ONCE} go by in blocks of as many (online softmax).
 *
 * @param heads of the queries
 * @param keyHeads of keys and values: as many, or fewer, each for as many heads of queries
 * @param terms what is added to scores for the distance of a key from its query
 * @param keyMask whether keys that are padding are left out
 * @param queryMask whether queries that are padding get a context of zeros
 * @param zeroContexts heads of reshaped rows whose contexts are zero because all their values are; those are not attended to
 * @param attentionOutput the output that the attention map is copied to, or null
 */
public record AttendStep(Slot context, Slot queries, Slot keys, Slot values, HeadShape heads, HeadShape keyHeads,
        double scale, ScoreTerms terms, boolean keyMask, boolean queryMask, MaskOrder maskOrder, ZeroRows zeroContexts,
        String attentionOutput) implements CoreStep {

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
    public List<TableRef> constants() {
        List<TableRef> constants = new ArrayList<>();
        if (terms.diagonals() != null) {
            constants.add(diagonals());
        }
        if (terms.relative() != null && terms.relative().keyTable() != null) {
            constants.add(ofDistances(terms.relative().keyTable()));
        }
        if (terms.relative() != null && terms.relative().queryTable() != null) {
            constants.add(ofDistances(terms.relative().queryTable()));
        }
        return constants;
    }

    /** Returns a table of distances as heads of queries or keys meet it. */
    public TableRef ofDistances(Constant table) {
        RowLayout row = queries.layout();
        return new TableRef(table, RowLayout.dense(row.heads(), row.headDim(), row.paddedDim()));
    }

    /** Returns the numbers that are added to scores, a row for each head or one for all, with room for a vector behind. */
    public TableRef diagonals() {
        int columns = ((Shape.Matrix) terms.diagonals().shape()).columns();
        int padded = Math.toIntExact(Block.roundUp(columns, Block.ALIGNMENT)) + Block.ALIGNMENT;
        return new TableRef(terms.diagonals(), RowLayout.dense(1, columns, padded));
    }

    @Override
    public List<String> absorbed() {
        List<String> absorbed = new ArrayList<>(List.of("scores"));
        absorbed.addAll(terms.absorbed());
        if (keyMask || queryMask) {
            absorbed.add("mask");
        }
        absorbed.add("softmax");
        absorbed.add("context");
        return absorbed;
    }

    @Override
    public int longest() {
        return terms.longest();
    }

    @Override
    public Cost cost(RowCounts counts) {
        Cost product = terms.hasWindow()
                ? AttentionCost.ofPairsInSight(counts, queries.stream(), keys.stream(), heads, terms)
                : AttentionCost.ofPairs(counts, queries.stream(), keys.stream(), heads, zeroContexts);
        return product.plus(product).plus(relativeCost(counts));
    }

    private Cost relativeCost(RowCounts counts) {
        ScoreTerms.Relative relative = terms.relative();
        if (relative == null) {
            return Cost.NONE;
        }
        long rows = (relative.keyTable() == null ? 0 : counts.rows(queries.stream()))
                + (relative.queryTable() == null ? 0 : counts.rows(keys.stream()));
        return new Cost(rows * heads.features() * relative.buckets().count(), 0);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        Set<KernelForm> forms = EnumSet.of(KernelForm.rowScores(queries.layout().paddedDim()),
                KernelForm.MASKED_SOFTMAX, KernelForm.rowContext(context.layout().paddedDim()));
        if (terms.diagonals() != null) {
            forms.add(KernelForm.ADD_DIAGONALS);
        }
        if (terms.hasWindow()) {
            forms.add(KernelForm.MASK_DIAGONALS);
        }
        if (terms.relative() != null) {
            forms.add(KernelForm.ADD_BUCKETS);
        }
        if (longest.applyAsInt(keys.stream()) > KEYS_AT_ONCE) {
            forms.add(KernelForm.PARTIAL_SOFTMAX);
            forms.add(KernelForm.MIX);
        }
        return forms;
    }

    @Override
    public String describe() {
        return context + " = softmax(" + queries + " · " + keys + "ᵀ · " + (float) scale + terms + ") · " + values
                + ", "
                + heads
                + (keyMask ? ", keys masked" : "") + (queryMask ? ", queries masked" : "")
                + (zeroContexts.equals(ZeroRows.NONE) ? "" : ", heads of zeros left out");
    }
}
