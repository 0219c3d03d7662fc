package io.lanewise.kernels;

import io.lanewise.memory.Block;

/**
 * Where a row's features stand in memory: {@code heads} groups of {@code headDim} floats, each group padded with zeros to
 * whole vectors, the whole row to whole panels. No kernel then meets a partial vector, except a norm.
 *
 * <p>Rows are an odd number of cache lines apart. Otherwise the same column of rows of, say, 512 floats falls on very few
 * sets of the L1 cache, and a tile that goes down a column loses lines that it is about to read again. Contexts of
 * 80×80×512 on AVX-512, their stores written out: 39.4 µs at 512 floats apart, 37.1 µs at 528.
 *
 * <pre>
 *   heads=2, headDim=10, lanes=8, panel=16:   | 0 … 9 , 6 zeros | 10 … 19, 6 zeros |      width 32, stride 48
 * </pre>
 *
 * @param heads number of groups, at least 1
 * @param headDim features per group
 * @param paddedDim floats per group, a multiple of the lanes
 * @param width floats per row that kernels write, a multiple of the panel unless the layout is dense
 * @param stride floats from one row to the next, at least the width
 */
public record RowLayout(int heads, int headDim, int paddedDim, int width, int stride) {

    private static final int LINE = Block.ALIGNMENT / Float.BYTES;

    /** Lays out {@code heads × headDim} features for the given kernels. */
    public static RowLayout of(int heads, int headDim, Kernels kernels) {
        int paddedDim = Math.toIntExact(Block.roundUp(headDim, kernels.lanes()));
        int width = Math.toIntExact(Block.roundUp((long) heads * paddedDim, kernels.panel()));
        int lines = Math.ceilDiv(width, LINE) | 1;
        return new RowLayout(heads, headDim, paddedDim, width, Math.multiplyExact(lines, LINE));
    }

    /** Lays out groups of {@code paddedDim} floats without anything between them. */
    public static RowLayout dense(int heads, int headDim, int paddedDim) {
        int width = Math.multiplyExact(heads, paddedDim);
        return new RowLayout(heads, headDim, paddedDim, width, width);
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
