package io.lanewise.runtime;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;

/**
 * Attention to more keys than scores are kept for at once: block by block of keys, each softmaxed by itself, and its contexts
 * then mixed with those before it by their shares of all exponentials (online softmax):
 *
 * <pre>
 *   block b:  s_b = max(scores),  l_b = Σ exp(score − s_b),  c_b = softmax(scores) · values
 *   so far:   s' = max(s, s_b),   α = l·exp(s − s'),  β = l_b·exp(s_b − s'),
 *             c' = (α·c + β·c_b) / (α + β),  l' = α + β
 * </pre>
 *
 * <p>Nothing is kept of the scores but two numbers a query and block, for attention maps. Keys and values go by once for 64
 * queries. Self-attention over 8,192 keys of 512 features takes 1.63 s for the 2.45 s of tiles of 8 queries over all keys, over
 * 2,048 keys 106 ms for 119 ms; over 4,096 there is no difference (Zen 4, best of four).
 */
final class OnlineAttend {

    private static final int BLOCK = AttendStep.KEYS_AT_ONCE;

    private final Kernels kernels;
    private final AttendOperands operands;
    private final BoundTerms terms; // null where scores stay as they are
    private final float scale;
    private final Rows scratch;
    private final Rows part; // [tile rows, head]
    private final Rows sums; // [blocks + 2, tile rows, 2]: of each block, then so far, then the weights to mix with
    private final int tileRows;
    private final int blocks;

    OnlineAttend(AttendStep step, AttendOperands operands, BoundTerms terms, Workspace workspace) {
        this.kernels = workspace.kernels();
        this.operands = operands;
        this.terms = terms;
        this.scale = (float) step.scale();
        this.scratch = workspace.scratch();
        this.part = workspace.partContexts(step.context());
        this.sums = workspace.partSums(step.keys().stream());
        this.tileRows = part.capacity();
        this.blocks = workspace.keyBlocks(step.keys().stream());
    }

    /** Attends with a tile of queries to all keys of a sample. */
    void run(RowGroup group, int s, int head, int first, Rows scores) {
        int queries = scores.count();
        int keys = operands.keyCount(group, s);
        int start = terms == null ? 0 : terms.firstKey(first, keys);
        int end = terms == null ? keys : terms.endKey(first + queries - 1, keys);
        operands.mask().row(group, s, head);
        for (int block = start / BLOCK; block * BLOCK < end; block++) {
            int firstKey = Math.max(block * BLOCK, start);
            int count = Math.min((block + 1) * BLOCK, end) - firstKey;
            kernels.rowScores(scores, operands.queries(group, s, head, first, queries),
                    operands.keys(group, s, head, firstKey, count), scale, scratch);
            if (terms != null) {
                terms.add(group, s, head, first, firstKey, count, scores);
            }
            kernels.partialSoftmax(scores, count, operands.mask().block(block), sums.select(block * tileRows, queries));
            operands.map().copy(group, s, head, first, scores, firstKey, count);
            Rows context = operands.context().of(group, s, head, first, queries);
            boolean isFirst = block == start / BLOCK;
            kernels.rowContext(isFirst ? context : part.select(0, queries), scores,
                    operands.values(group, s, head, firstKey, count));
            weigh(block, isFirst, queries);
            if (!isFirst) {
                kernels.mix(context, part, sums.select((blocks + 1) * tileRows, queries));
            }
        }
        finish(group, s, head, first, queries, start, end);
    }

    /** Adds a block to the sums so far, and writes the weights of what was before and of the block. */
    private void weigh(int block, boolean isFirst, int queries) {
        sums.select(0, sums.capacity());
        for (int i = 0; i < queries; i++) {
            int own = block * tileRows + i;
            int total = blocks * tileRows + i;
            float max = Math.max(isFirst ? Float.NEGATIVE_INFINITY : sums.get(total, 0), sums.get(own, 0));
            double before = isFirst ? 0 : share(total, max);
            double here = share(own, max);
            double sum = before + here;
            sums.set(total, 0, max);
            sums.set(total, 1, (float) sum);
            sums.set(total + tileRows, 0, sum == 0 ? 0 : (float) (before / sum));
            sums.set(total + tileRows, 1, sum == 0 ? 0 : (float) (here / sum));
        }
    }

    /** Returns a sum of exponentials as it is under another largest score. */
    private double share(int row, float max) {
        float sum = sums.get(row, 1);
        return sum == 0 ? 0 : sum * StrictMath.exp((double) sums.get(row, 0) - max);
    }

    /** Gives queries without any key what the policy says, and attention maps the weights of their blocks. */
    private void finish(RowGroup group, int s, int head, int first, int queries, int start, int end) {
        sums.select(0, sums.capacity());
        for (int i = 0; i < queries; i++) {
            int total = blocks * tileRows + i;
            if (sums.get(total, 1) == 0) {
                operands.context().fillEmpty(group, s, head, first + i);
                operands.map().fillEmpty(group, s, head, first + i);
            } else {
                scaleMap(group, s, head, first + i, i, total, start, end);
            }
        }
    }

    private void scaleMap(RowGroup group, int s, int head, int query, int i, int total, int start, int end) {
        for (int block = start / BLOCK; block * BLOCK < end; block++) {
            int firstKey = Math.max(block * BLOCK, start);
            double share = share(block * tileRows + i, sums.get(total, 0)) / sums.get(total, 1);
            operands.map().scale(group, s, head, query, firstKey, Math.min((block + 1) * BLOCK, end) - firstKey,
                    (float) share);
        }
    }
}
