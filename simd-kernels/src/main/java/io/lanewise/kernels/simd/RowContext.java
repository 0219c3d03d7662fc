package io.lanewise.kernels.simd;

import io.lanewise.memory.Rows;
import io.lanewise.memory.unchecked.AddressSpace;

import static io.lanewise.kernels.simd.SimdShape.CONTEXT_VECTORS;
import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.TILE_ROWS;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.kernels.simd.SimdShape.share;

/**
 * Mixes value rows by attention: {@code context[i][c] = Σ attention[i][j] · values[j][c]}.
 *
 * <p>Tiles of up to 6 rows × 2 vectors, or 4 with 512 bits, one chain of FMAs over the keys an element; rows and vectors are
 * dealt to tiles evenly, 15 rows as 5, 5 and 5. Value rows are read where they stand. A sum that underflowed to −0 would
 * turn to 0 at a trailing masked key, so every sum has +0 added before it is stored.
 *
 * <p>Best fraction of the FMA probe on Zen 4, 20 interleaved rounds, with offsets in segments and then with addresses in
 * {@link AddressSpace}: 15×80×512 0.92 and 0.95, 80×80×64 0.92 and 0.95; held to AVX2 0.71 and 0.86, 0.76 and 0.89.
 *
 * <p>Loops count in steps that keep C2 from unrolling them. Unrolled, tiles of 3×2, 4×2, 5×1 and 6×1 vectors were spilled where there
 * are 16 registers: 4×80×512 took 8.4 µs on Zen 3 (AVX2), and 3.8 so, 13×79×299 took 12 and 7.2. C1, of whose limits
 * {@link PackedMatMul} tells, takes tiles of up to 8×4 with weights read through {@link AddressSpace}, but not of 9×4.
 */
final class RowContext {

    private RowContext() {}

    static void run(Rows context, Rows attention, Rows values) {
        run(context.address(), context.strideBytes(), context.count(), context.width() / LANES, attention.address(),
                attention.strideBytes(), values.address(), values.strideBytes(), values.count());
    }

    /** Computes rows of so many vectors; rows are so many bytes apart. */
    static void run(long context, long contextRow, int rows, int vectors, long attention, long attentionRow,
            long values,
            long valueRow, int keys) {
        int width;
        for (int vector = 0; vector < vectors; vector += width) {
            width = share(vectors - vector, CONTEXT_VECTORS);
            long columnByte = (long) vector * VECTOR_BYTES;
            int height;
            for (int row = 0; row < rows; row += height) {
                height = share(rows - row, TILE_ROWS);
                ContextTiles.run(height, width, context + row * contextRow + columnByte, contextRow,
                        attention + row * attentionRow, attentionRow, values + columnByte, valueRow, keys);
            }
        }
    }
}
