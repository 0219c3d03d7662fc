package io.lanewise.kernels;

/**
 * In which order sums are taken, as far as it is not told by the vector's width alone: what a SIMD kernel and its scalar twin share, so
 * that a result has the same bits, whichever of them computes it.
 *
 * <ul>
 * <li>A matrix product's element is one chain of fused multiply-adds for each {@link #BLOCK_DEPTH} of its depth; the bias is added
 * to the first, and the others to what is there, as is the first where it adds to a result.
 * <li>A score is one chain over the depth, of the query and the scaled key, up to {@link #CHAINED_DEPTH}. Deeper ones are summed by
 * lane: cell {@code i} goes to lane {@code i mod lanes}; then halves of the lanes are folded onto each other, and the sum is scaled.
 * <li>A context's element is one chain over the keys.
 * <li>A row's sum is taken by {@link #TURNS} times as many lanes, cell {@code i} goes to lane {@code i mod (4 · lanes)}; the four
 * vectors of lanes are added two and two, and then folded by halves.
 * </ul>
 */
public final class SumOrder {

    /** Depth of a matrix product that is one chain. */
    public static final int BLOCK_DEPTH = 512;

    /** The deepest rows whose scores are one chain each. */
    public static final int CHAINED_DEPTH = 128;

    /** Vectors that a row's sum is spread over. */
    public static final int TURNS = 4;

    private SumOrder() {}

    /** Returns how many vectors a packed weight's panel of so many columns has. */
    static int vectorsOfPanel(int panel) {
        return panel == 64 ? 4 : 2;
    }

    /** Returns how many vectors of so many lanes a packed weight's panel has: with 512 bits there are registers for four. */
    public static int panelVectors(int lanes) {
        return lanes == 16 ? 4 : 2;
    }
}
