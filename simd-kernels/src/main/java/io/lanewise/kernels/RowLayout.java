package io.lanewise.kernels;

import io.lanewise.memory.Block;

/**
 * Where a row's features stand in memory: {@code heads} groups of {@code headDim} floats, each group padded with zeros to
 * whole vectors, the whole row to whole panels. No kernel then meets a partial vector, except a norm.
 *
 * <pre>
 *   heads=2, headDim=10, lanes=8, panel=16:   | 0 … 9 , 6 zeros | 10 … 19, 6 zeros |      stride 32
 * </pre>
 *
 * @param heads number of groups, at least 1
 * @param headDim features per group
 * @param paddedDim floats per group, a multiple of the lanes
 * @param stride floats per row, a multiple of the panel
 */
public record RowLayout(int heads, int headDim, int paddedDim, int stride) {

    /** Lays out {@code heads × headDim} features for the given kernels. */
    public static RowLayout of(int heads, int headDim, Kernels kernels) {
        int paddedDim = Math.toIntExact(Block.roundUp(headDim, kernels.lanes()));
        int stride = Math.toIntExact(Block.roundUp((long) heads * paddedDim, kernels.panel()));
        return new RowLayout(heads, headDim, paddedDim, stride);
    }

    /** Returns the number of features of a row. */
    public int features() {
        return heads * headDim;
    }

    /** Returns the float within a row at which a feature stands. */
    public int column(int feature) {
        return feature / headDim * paddedDim + feature % headDim;
    }
}
