package io.lanewise.plan;

import io.lanewise.graph.HeadSplit;

/**
 * The heads of an attention.
 *
 * @param count how many
 * @param dim features of each
 * @param split how rows become heads
 */
public record HeadShape(int count, int dim, HeadSplit split) {

    /** Returns the features of all heads. */
    public int features() {
        return count * dim;
    }

    @Override
    public String toString() {
        return count == 1 ? "1 head" : count + " heads" + (split == HeadSplit.RESHAPED ? " (reshaped)" : "");
    }
}
