package io.lanewise.kernels.simd;

import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.BF16_PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_VECTORS;

/**
 * A block of {@link PackedMatMul} whose weight is {@linkplain io.lanewise.kernels.Storage#BF16 stored as BF16}: half the bytes
 * come from memory, and the bits are those of the product with the widened weight.
 *
 * <p>Two vectors of a panel are one vector of ints, so that a tile has one load for two, a shift and a mask:
 *
 * <pre>
 *   lane j:   [upper: column j + P/2] [lower: column j]
 * </pre>
 *
 * <p>Measured on Zen 3 with AVX2 while others compiled, the linear layers of all-MiniLM-L6-v2 (42 MB as floats), both storages in turn
 * in one JVM, two starts of 62 to 1,333 rounds: time as floats ({@link StreamedMatMul} from 3 rows on) over time as BF16, 2nd percentile: 3 rows
 * 1.79 and 1.84, 6 rows 1.79 and 1.86, 8 rows 1.46 and 1.58, 16 rows 1.32 and 1.32, 32 rows 1.17 and 1.13, 64 rows 1.11 and 1.07. Of one
 * layer, whose weights stay in L3: 1.2 to 1.5 up to 12 rows. Tried and dropped:
 *
 * <ul>
 * <li>A loop index that counts the panel's own bytes: with a stride of 32, C2 unrolls small tiles and spills, 0.94 at 8 rows.
 * <li>Tiles that read the next panel ahead, as {@link StreamedMatMul} does: 1.66 at 8 rows, from 12 on within the noise, for two tiles
 * more to compile.
 * </ul>
 *
 * <p>With panels of four vectors a tile reads what it adds to row by row, and has four rows at most, for C1's sake; there was no
 * processor to measure it on.
 */
final class Bf16MatMul {

    private Bf16MatMul() {}

    static void block(Rows result, Rows rows, PackedWeight weight, int row, int blockRows, int k, int depth,
            boolean more) {
        long from = rows.address() + row * rows.strideBytes() + (long) k * Float.BYTES;
        long to = result.address() + row * result.strideBytes();
        long addend = more ? to : weight.biasAddress();
        long addendRow = more ? result.strideBytes() : 0;
        long panel = weight.address() + (long) k * BF16_PANEL_BYTES;
        long panelStep = (long) weight.depth() * BF16_PANEL_BYTES;
        int panels = panels(blockRows);
        int columns;
        for (int column = 0; column < weight.columns(); column += columns) {
            columns = panels * PANEL <= weight.columns() - column ? panels * PANEL : PANEL;
            long columnByte = (long) column * Float.BYTES;
            int height;
            for (int first = 0; first < blockRows; first += height) {
                height = SimdShape.tileRowsOfMore(blockRows - first);
                tile(height, columns / PANEL, to + first * result.strideBytes() + columnByte, result.strideBytes(),
                        from + first * rows.strideBytes(), rows.strideBytes(), panel + column / PANEL * panelStep,
                        panelStep, addend + first * addendRow + columnByte, addendRow, depth);
            }
        }
    }

    private static int panels(int rows) {
        return PANEL_VECTORS == Bf16Tiles4.VECTORS ? Bf16Tiles4.panels(rows) : Bf16Tiles2.panels(rows);
    }

    private static void tile(int height, int panels, long result, long resultRow, long rows, long rowStep, long panel,
            long panelStep, long addend, long addendRow, int depth) {
        if (PANEL_VECTORS == Bf16Tiles4.VECTORS) {
            Bf16Tiles4.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, addend, addendRow,
                    depth);
        } else {
            Bf16Tiles2.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, addend, addendRow,
                    depth);
        }
    }
}
