package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import org.agrona.UnsafeApi;

import static io.lanewise.kernels.simd.SimdShape.BLOCK_DEPTH;
import static io.lanewise.kernels.simd.SimdShape.BLOCK_ROWS;
import static io.lanewise.kernels.simd.SimdShape.PACKED_ROWS;
import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_VECTORS;
import static io.lanewise.kernels.simd.SimdShape.TILE_ROWS;
import static io.lanewise.kernels.simd.SimdShape.share;

/**
 * Multiplies rows by a packed weight: {@code result = activation(rows × weightᵀ + bias)}.
 *
 * <p>Loops, from the outside: blocks of rows, blocks of depth, panels of columns, tiles of rows, depth. With 512 bits a tile
 * is up to 6 rows × 4 vectors and reads rows where they stand; narrower vectors leave registers for 6×2, and then rows of a
 * large block are packed first, so that a tile reads one stream of them:
 *
 * <pre>
 *   panel:   [k 0: column 0 … P-1] [k 1: column 0 … P-1] …
 *   scratch: tile 0: [k 0: row 0 … 5] [k 1: row 0 … 5] …     tile 1: [k 0: row 6 … 11] …
 * </pre>
 *
 * <p>One to three rows alone have too few chains to cover an FMA's latency and take several panels at a time. Every element
 * is one chain of FMAs a depth block, added to what the blocks before left in the result, wherever its row stands.
 *
 * <p>Measured by median fraction of the FMA probe, interleaved in one process.
 *
 * <ul>
 * <li>AVX-512 (L2 of 2 MiB), 96×512×512: tiles of 6×2 over packed rows 0.75, 6×4 over packed rows 0.65, 6×4 where rows stand
 * 0.81; there depth blocks of 256 and 128 give 0.79 and 0.82, but 0.69 and 0.69 at 1920×2048×512, where 512 gives 0.72.
 * <li>1920×2048×512 by blocks of 96 rows 0.72, of 384 rows 0.76: the weight comes from L3 once a block.
 * <li>64×512×512, results stored one row a turn of a loop 0.79, half a tile a turn 0.82; {@link RowContext} says why a loop.
 * <li>One row by one panel 19.5 µs, by four 6.1 µs; two rows by one panel 19.5 µs, by two 7.3 µs.
 * <li>AVX2, 15×512×512: packed 0.43, standing 0.65; 96×512×512: packed 0.88, standing 0.73.
 * <li>Slices before the loop instead of offsets within it: a sixth slower, and they allocate on some runs of a JVM.
 * </ul>
 */
final class PackedMatMul {

    private PackedMatMul() {}

    /** Returns the floats of scratch memory for rows of a given depth. */
    static int scratch(int depth) {
        return PACKED_ROWS > BLOCK_ROWS ? 0 : BLOCK_ROWS * Math.min(depth, BLOCK_DEPTH);
    }

    static void run(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation,
            Rows scratch) {
        if (accumulate && weight.hasBias()) {
            addBias(result, weight);
        }
        for (int row = 0; row < rows.count(); row += BLOCK_ROWS) {
            int blockRows = Math.min(BLOCK_ROWS, rows.count() - row);
            for (int k = 0; k < weight.depth(); k += BLOCK_DEPTH) {
                int blockDepth = Math.min(BLOCK_DEPTH, weight.depth() - k);
                boolean fromBias = k == 0 && !accumulate;
                boolean clamp = k + blockDepth == weight.depth() && activation == Activation.RELU;
                block(result, rows, weight, scratch, row, blockRows, k, blockDepth, fromBias, clamp);
            }
        }
    }

    private static void block(Rows result, Rows rows, PackedWeight weight, Rows scratch, int row, int blockRows, int k,
            int depth, boolean fromBias, boolean clamp) {
        boolean packs = blockRows >= PACKED_ROWS;
        if (packs) {
            pack(scratch, rows, row, blockRows, k, depth);
        }
        int panels = blockRows <= TILE_ROWS ? panels(blockRows) : 1;
        int columns;
        for (int column = 0; column < weight.columns(); column += columns) {
            columns = panels * PANEL <= weight.columns() - column ? panels * PANEL : PANEL;
            int height;
            for (int first = 0; first < blockRows; first += height) {
                height = share(blockRows - first, TILE_ROWS);
                long from = packs ? packed(scratch, first, depth) : standing(rows, row + first, k);
                long rowStep = packs ? Float.BYTES : RowBytes.stride(rows);
                long depthStep = packs ? height * Float.BYTES : Float.BYTES;
                tile(height, columns / PANEL, result, weight, from, rowStep, depthStep, row + first, column, k, depth,
                        fromBias, clamp);
            }
        }
    }

    private static long standing(Rows rows, int row, int k) {
        return rows.segment().address() + RowBytes.of(rows, row) + (long) k * Float.BYTES;
    }

    private static long packed(Rows scratch, int row, int depth) {
        return scratch.segment().address() + scratch.firstByte() + (long) row * depth * Float.BYTES;
    }

    private static void pack(Rows scratch, Rows rows, int row, int blockRows, int k, int depth) {
        int height;
        for (int first = 0; first < blockRows; first += height) {
            height = share(blockRows - first, TILE_ROWS);
            for (int i = 0; i < height; i++) {
                long from = standing(rows, row + first + i, k);
                long to = packed(scratch, first, depth) + (long) i * Float.BYTES;
                copy(to, (long) height * Float.BYTES, from, depth);
            }
        }
    }

    private static void copy(long to, long step, long from, int depth) {
        for (int i = 0; i < depth; i++) {
            UnsafeApi.putFloat(to + i * step, UnsafeApi.getFloat(from + (long) i * Float.BYTES));
        }
    }

    private static int panels(int height) {
        return PANEL_VECTORS == 4 ? MatMulTiles4.panels(height) : MatMulTiles2.panels(height);
    }

    private static void tile(int height, int panels, Rows result, PackedWeight weight, long rows, long rowStep,
            long depthStep, int row,
            int column, int k, int depth, boolean fromBias, boolean clamp) {
        if (PANEL_VECTORS == MatMulTiles4.VECTORS) {
            MatMulTiles4.run(height, panels, result, weight, rows, rowStep, depthStep, row, column, k, depth, fromBias,
                    clamp);
        } else {
            MatMulTiles2.run(height, panels, result, weight, rows, rowStep, depthStep, row, column, k, depth, fromBias,
                    clamp);
        }
    }

    private static void addBias(Rows result, PackedWeight weight) {
        MemorySegment sum = result.segment();
        for (int row = 0; row < result.count(); row++) {
            long sumByte = RowBytes.of(result, row);
            RowArithmetic.add(sum, sumByte, sum, sumByte, weight.segment(), weight.biasByte(),
                    weight.columns() * Float.BYTES);
        }
    }
}
