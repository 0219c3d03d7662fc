package io.lanewise.kernels.simd;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.CONTEXT_VECTORS;
import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.tileRows;

/**
 * Mixes value rows by attention: {@code context[i][c] = Σ attention[i][j] · values[j][c]}.
 *
 * <p>Tiles of up to 6 rows × 2 vectors, or 4 with 512 bits, one chain of FMAs over the keys an element; rows are dealt to tiles
 * evenly, 15 as 5, 5 and 5. Value rows are read where they stand. A tile that would reach past the last vector repeats that
 * one: it stores the same bits again. A sum that underflowed to −0 would turn to 0 at a trailing masked key, so every sum has +0
 * added before it is stored.
 *
 * <p>Attention is read through Agrona's Unsafe: 0.61 of the FMA probe on Zen 3 (80×80×512), where the bounds checks of six
 * rows read through the memory API leave 0.37.
 *
 * <p>A tile stores its rows in a loop and moves the accumulators of the next row down. With all stores of a 6×4 tile written
 * out, C2 boxed some of the results in 2 of 8 runs of a JVM; in a loop of two halves, which was the fastest (80×80×512 in
 * 35.9 µs; written out 37.1, one row a turn 39.6), in 3 of 8; with one row a turn in 1 of 14, in a tile of 5 rows.
 */
final class RowContext {

    private RowContext() {}

    static void run(Rows context, Rows attention, Rows values) {
        int height;
        for (int column = 0; column < context.width(); column += CONTEXT_VECTORS * LANES) {
            for (int row = 0; row < context.count(); row += height) {
                height = tileRows(context.count() - row);
                if (CONTEXT_VECTORS == ContextTiles4.VECTORS) {
                    ContextTiles4.run(height, context, attention, values, row, column);
                } else {
                    ContextTiles2.run(height, context, attention, values, row, column);
                }
            }
        }
    }
}
