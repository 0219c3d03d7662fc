package io.lanewise.kernels.scalar;

import io.lanewise.kernels.SumOrder;

/**
 * Arrays that a thread's twins compute in: C1 and C2 do well by loops over arrays, where one that reads memory cell by cell takes
 * hundreds of nanoseconds a cell until it is compiled.
 *
 * <p>What a thread keeps is of no class of this library, so that it does not keep the library's class loader.
 */
final class Scratch {

    /** Cells of a row that are worked on at a time: whole turns of every sum. */
    static final int PIECE = 1024;

    /** Most columns of a panel. */
    static final int COLUMNS = 64;

    private static final int ROWS = 4;

    private static final ThreadLocal<float[][]> OF_THREAD = ThreadLocal.withInitial(Scratch::arrays);

    private Scratch() {}

    private static float[][] arrays() {
        float[][] arrays = new float[ROWS + 1][];
        for (int row = 0; row < ROWS; row++) {
            arrays[row] = new float[PIECE];
        }
        return arrays;
    }

    /** Returns the calling thread's arrays: four of {@link #PIECE} floats, and a {@link #panel}. */
    static float[][] ofThread() {
        return OF_THREAD.get();
    }

    /** Returns the array that holds {@link SumOrder#BLOCK_DEPTH} rows of {@link #COLUMNS}: 128 KB, which not every thread needs. */
    static float[] panel(float[][] arrays) {
        if (arrays[ROWS] == null) {
            arrays[ROWS] = new float[SumOrder.BLOCK_DEPTH * COLUMNS];
        }
        return arrays[ROWS];
    }
}
