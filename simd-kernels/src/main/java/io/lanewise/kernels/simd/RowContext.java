package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import io.lanewise.memory.Rows;

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
 * <p>Attention is read through Agrona's Unsafe: 0.61 of the FMA probe on Zen 3 (80×80×512), where the bounds checks of six
 * rows read through the memory API leave 0.37.
 *
 * <p>A tile stores its rows in a loop of two halves and moves the accumulators of the second half down. On AVX-512, 80×80×512
 * takes 42 µs with one row a turn and 35 µs with halves, 80×80×64 5.0 and 4.4 µs. A tile that took its operands as
 * {@link Rows} and found its own places was boxed by C2 in 3 of 8 runs of a JVM that had run the other kernels; this one,
 * which is handed places, in none of 11. Why is not known.
 */
final class RowContext {

    private RowContext() {}

    static void run(Rows context, Rows attention, Rows values) {
        int vectors = context.width() / LANES;
        int width;
        for (int vector = 0; vector < vectors; vector += width) {
            width = share(vectors - vector, CONTEXT_VECTORS);
            long columnByte = (long) vector * VECTOR_BYTES;
            column(context, columnByte, width, attention, values.segment(), values.firstByte() + columnByte,
                    RowBytes.stride(values), values.count());
        }
    }

    /** Computes some neighbouring vectors of every row, from values given by their place. */
    static void column(Rows context, long columnByte, int vectors, Rows attention, MemorySegment values, long value,
            long valueRow, int count) {
        long weights = attention.segment().address();
        int height;
        for (int row = 0; row < context.count(); row += height) {
            height = share(context.count() - row, TILE_ROWS);
            ContextTiles.run(height, vectors, context.segment(), RowBytes.of(context, row) + columnByte,
                    RowBytes.stride(context), weights + RowBytes.of(attention, row), RowBytes.stride(attention), values,
                    value, valueRow, count);
        }
    }
}
