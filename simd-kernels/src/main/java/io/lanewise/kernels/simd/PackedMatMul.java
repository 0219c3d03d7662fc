package io.lanewise.kernels.simd;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.Storage;
import io.lanewise.memory.Rows;
import io.lanewise.memory.unchecked.AddressSpace;

import static io.lanewise.kernels.simd.SimdShape.BLOCK_DEPTH;
import static io.lanewise.kernels.simd.SimdShape.BLOCK_ROWS;
import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.PANEL_VECTORS;

/**
 * Multiplies rows by a packed weight: {@code result = activation(rows × weightᵀ + bias)}.
 *
 * <p>Loops, from the outside: blocks of rows, blocks of depth, panels of columns, tiles of rows, depth. A tile is up to 6 rows
 * × 1 panel, of 4 vectors with 512 bits and of 2 below. It reads rows where they stand and a panel as one stream, which stays
 * in L2 for all tiles of a block:
 *
 * <pre>
 *   panel:   [k 0: column 0 … P-1] [k 1: column 0 … P-1] …
 * </pre>
 *
 * <p>One or two rows alone have too few chains to cover an FMA's latency and take several panels at a time. Every element is one
 * chain of FMAs a depth block, wherever its row stands: to the first the bias is added, the others are added to the result.
 *
 * <p>How much stands in a tile is limited by C1, which takes in every vector call that it compiles. A 6×4 tile of more than a hundred
 * calls ended in "out of virtual registers"; C1 then gave up, C2 was never asked, and the tile was interpreted from then on. So
 * tiles of four vectors that add to a result are smaller, and activation is a pass of its own.
 * Storing in a loop is no way out: in some JVMs C2 then spilled the accumulators in the main loop (0.45).
 *
 * <p>Best fraction of the FMA probe on Zen 4 (L2 of 1 MiB), 20 interleaved rounds, with offsets in segments and then with
 * addresses in {@link AddressSpace}: 15×512×512 0.93 and 0.98, 64×512×512 0.95 and 0.98, 1920×2048×512 0.92 and 0.94. Held to AVX2:
 * 15 rows 0.41 and 0.89, 64 rows 0.70 and 0.94; to 128 bits, 64 rows 0.75 and 0.94. Tried and dropped:
 *
 * <ul>
 * <li>Rows packed into one stream: what narrow tiles needed before {@link AddressSpace}; now standing rows are as fast at every size.
 * <li>A loop over addresses instead of an index: 0.97 with 512 bits, but 0.42 with 256, because C2 keeps copies of accumulators.
 * <li>With 16 registers, 5×2 tiles: C2 unrolls them and spills (0.55), or does not and spills all the same (0.35); so rows are
 * dealt in sixes and fours ({@link SimdShape#tileRows}).
 * <li>On an AVX-512 Xeon (L2 of 2 MiB): depth blocks of 256 and 128, 0.69 at 1920×2048×512 where 512 gave 0.72; blocks of 96 rows
 * 0.72, of 384 rows 0.76, since the weight comes from L3 once a block.
 * <li>With AVX2 on Zen 3, all-MiniLM-L6-v2 of 256 tokens: depth blocks of 256, 192 and 128 take 1.12, 1.04 and 1.20 times as long.
 * </ul>
 */
final class PackedMatMul {

    private PackedMatMul() {}

    static void run(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation) {
        if (accumulate && weight.hasBias()) {
            addBias(result, weight);
        }
        for (int row = 0; row < rows.count(); row += BLOCK_ROWS) {
            int blockRows = Math.min(BLOCK_ROWS, rows.count() - row);
            int k = 0;
            do {
                int depth = Math.min(BLOCK_DEPTH, weight.depth() - k);
                if (weight.storage() != Storage.F32) {
                    NarrowMatMul.block(result, rows, weight, row, blockRows, k, depth, k > 0 || accumulate);
                } else if (StreamedMatMul.isFor(weight, blockRows)) {
                    StreamedMatMul.block(result, rows, weight, row, blockRows, k, depth, k > 0 || accumulate);
                } else {
                    block(result, rows, weight, row, blockRows, k, depth, k > 0 || accumulate);
                }
                k += BLOCK_DEPTH;
            } while (k < weight.depth());
            if (activation != Activation.NONE) {
                RowArithmetic.activate(activation, result, row, blockRows, weight.columns());
            }
        }
    }

    private static void block(Rows result, Rows rows, PackedWeight weight, int row, int blockRows, int k, int depth,
            boolean more) {
        long from = rows.address() + row * rows.strideBytes() + (long) k * Float.BYTES;
        long to = result.address() + row * result.strideBytes();
        long panel = weight.address() + (long) k * PANEL_BYTES;
        long panelStep = (long) weight.depth() * PANEL_BYTES;
        int panels = panels(blockRows);
        int columns;
        for (int column = 0; column < weight.columns(); column += columns) {
            columns = panels * PANEL <= weight.columns() - column ? panels * PANEL : PANEL;
            long columnByte = (long) column * Float.BYTES;
            int height;
            for (int first = 0; first < blockRows; first += height) {
                height = more ? SimdShape.tileRowsOfMore(blockRows - first) : SimdShape.tileRows(blockRows - first);
                long tile = to + first * result.strideBytes() + columnByte;
                long tileRows = from + first * rows.strideBytes();
                long tilePanel = panel + column / PANEL * panelStep;
                if (more) {
                    more(height, columns / PANEL, tile, result.strideBytes(), tileRows, rows.strideBytes(), tilePanel,
                            panelStep, depth);
                } else {
                    tile(height, columns / PANEL, tile, result.strideBytes(), tileRows, rows.strideBytes(), tilePanel,
                            panelStep, weight.biasAddress() + columnByte, depth);
                }
            }
        }
    }

    private static int panels(int rows) {
        return PANEL_VECTORS == MatMulTiles4.VECTORS ? MatMulTiles4.panels(rows) : MatMulTiles2.panels(rows);
    }

    private static void tile(int height, int panels, long result, long resultRow, long rows, long rowStep, long panel,
            long panelStep, long bias, int depth) {
        if (PANEL_VECTORS == MatMulTiles4.VECTORS) {
            MatMulTiles4.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, bias, depth);
        } else {
            MatMulTiles2.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, bias, 0, depth);
        }
    }

    private static void more(int height, int panels, long result, long resultRow, long rows, long rowStep, long panel,
            long panelStep, int depth) {
        if (PANEL_VECTORS == MatMulTiles4.VECTORS) {
            MatMulTiles4.more(height, panels, result, resultRow, rows, rowStep, panel, panelStep, depth);
        } else {
            MatMulTiles2.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, result, resultRow,
                    depth);
        }
    }

    private static void addBias(Rows result, PackedWeight weight) {
        long rows = result.address();
        for (int row = 0; row < result.count(); row++) {
            long sum = rows + row * result.strideBytes();
            RowArithmetic.add(sum, sum, weight.biasAddress(), weight.columns() * Float.BYTES);
        }
    }
}
