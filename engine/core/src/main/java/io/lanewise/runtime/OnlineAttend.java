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
    private final float scale;
    private final Rows scratch;
    private final Rows part; // [tile rows, head]
    private final Rows sums; // [blocks + 2, tile rows, 2]: of each block, then so far, then the weights to mix with
    private final int tileRows;
    private final int blocks;

    OnlineAttend(AttendStep step, AttendOperands operands, Workspace workspace) {
        this.kernels = workspace.kernels();
        this.operands = operands;
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
        operands.mask().row(group, s, head);
        for (int block = 0; block * BLOCK < keys; block++) {
            int firstKey = block * BLOCK;
            int count = Math.min(BLOCK, keys - firstKey);
            kernels.rowScores(scores, operands.queries(group, s, head, first, queries),
                    operands.keys(group, s, head, firstKey, count), scale, scratch);
            kernels.partialSoftmax(scores, count, operands.mask().block(block), sums.select(block * tileRows, queries));
            operands.map().copy(group, s, head, first, scores, firstKey, count);
            Rows context = operands.context().of(group, s, head, first, queries);
            kernels.rowContext(block == 0 ? context : part.select(0, queries), scores,
                    operands.values(group, s, head, firstKey, count));
            weigh(block, queries);
            if (block > 0) {
                kernels.mix(context, part, sums.select((blocks + 1) * tileRows, queries));
            }
        }
        finish(group, s, head, first, queries);
    }

    /** Adds a block to the sums so far, and writes the weights of what was before and of the block. */
    private void weigh(int block, int queries) {
        sums.select(0, sums.capacity());
        for (int i = 0; i < queries; i++) {
            int own = block * tileRows + i;
            int total = blocks * tileRows + i;
            float max = Math.max(block == 0 ? Float.NEGATIVE_INFINITY : sums.get(total, 0), sums.get(own, 0));
            double before = block == 0 ? 0 : share(total, max);
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
    private void finish(RowGroup group, int s, int head, int first, int queries) {
        sums.select(0, sums.capacity());
        for (int i = 0; i < queries; i++) {
            int total = blocks * tileRows + i;
            if (sums.get(total, 1) == 0) {
                operands.context().fillEmpty(group, s, head, first + i);
                operands.map().fillEmpty(group, s, head, first + i);
            } else {
                scaleMap(group, s, head, first + i, i, total);
            }
        }
    }

    private void scaleMap(RowGroup group, int s, int head, int query, int i, int total) {
        int keys = operands.keyCount(group, s);
        for (int block = 0; block * BLOCK < keys; block++) {
            double share = share(block * tileRows + i, sums.get(total, 0)) / sums.get(total, 1);
            operands.map().scale(group, s, head, query, block * BLOCK, Math.min(BLOCK, keys - block * BLOCK),
                    (float) share);
        }
    }
}
