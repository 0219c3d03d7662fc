package io.lanewise.kernels.simd;

import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.Storage;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_VECTORS;

/**
 * A block of {@link PackedMatMul} whose weight is stored in fewer bytes than floats take, and widened as it is loaded: less comes from
 * memory. As {@linkplain Storage#BF16 BF16} the bits are those of the product with the widened weight; as {@linkplain Storage#INT8 INT8} the
 * sum of each block of depth is multiplied by its column's scale as it is added.
 *
 * <p>Two vectors of a panel of BF16 are one vector of ints, so that a tile has one load for two, a shift and a mask; four of INT8 are one,
 * of two depths where a panel has two vectors:
 *
 * <pre>
 *   BF16, lane j:   [upper: column j + P/2] [lower: column j]
 *   INT8, lane j:   [column j + 3L] [column j + 2L] [column j + L] [column j]
 * </pre>
 *
 * <p>BF16, measured on Zen 3 with AVX2 while others compiled, the linear layers of all-MiniLM-L6-v2 (42 MB as floats), both storages in turn
 * in one JVM, two starts of 62 to 1,333 rounds: time as floats ({@link StreamedMatMul} from 3 rows on) over time as BF16, 2nd percentile: 3 rows
 * 1.79 and 1.84, 6 rows 1.79 and 1.86, 8 rows 1.46 and 1.58, 16 rows 1.32 and 1.32, 32 rows 1.17 and 1.13, 64 rows 1.11 and 1.07. Of one
 * layer, whose weights stay in L3: 1.2 to 1.5 up to 12 rows. On Zen 4 with 512 bits, the whole model, three storages in turn in one JVM,
 * 2nd percentile of three seconds each, time as floats over time as BF16 and as INT8: 8 tokens 1.39 and 1.46, 16 tokens 1.14 and 1.15, 32
 * tokens 1.06 and 1.06, 64 tokens 1.03 and 1.02, 128 tokens 1.02 and 1.00: what is left is multiplied at 0.8 of the probe and more. Held to
 * AVX2 there, INT8: 8 tokens 2.7, 16 tokens 1.7, 64 tokens 1.10. Tried and dropped:
 *
 * <ul>
 * <li>A loop index that counts the panel's own bytes: with a stride of 32, C2 unrolls small tiles and spills, 0.94 at 8 rows.
 * <li>Tiles that read the next panel ahead, as {@link StreamedMatMul} does: 1.66 at 8 rows, from 12 on within the noise, for two tiles
 * more to compile.
 * <li>With 16 registers, tiles of INT8 of six rows: 0.6 at 64 tokens, since ints, a vector of them and a row's number are beside twelve
 * accumulators; whatever order they are written in, C2 spills.
 * <li>Tiles of BF16 of four rows at most: 0.85 to 0.98.
 * </ul>
 *
 * <p>With panels of four vectors a tile reads what it adds to row by row, and has four rows at most, for C1's sake: one of INT8 of one row
 * and four panels, 130 calls, stayed uncompiled in some JVMs. Of INT8 one row takes two panels there, eight chains, and two rows take one.
 */
final class NarrowMatMul {

    private NarrowMatMul() {}

    static void block(Rows result, Rows rows, PackedWeight weight, int row, int blockRows, int k, int depth,
            boolean more) {
        long from = rows.address() + row * rows.strideBytes() + (long) k * Float.BYTES;
        long to = result.address() + row * result.strideBytes();
        long addend = more ? to : weight.biasAddress();
        long addendRow = more ? result.strideBytes() : 0;
        long panelRow = (long) PANEL * weight.storage().bytes();
        long panel = weight.address() + k * panelRow;
        long panelStep = weight.depth() * panelRow;
        boolean isInt8 = weight.storage() == Storage.INT8;
        int panels = isInt8 ? int8Panels(blockRows) : bf16Panels(blockRows);
        int columns;
        for (int column = 0; column < weight.columns(); column += columns) {
            columns = panels * PANEL <= weight.columns() - column ? panels * PANEL : PANEL;
            long columnByte = (long) column * Float.BYTES;
            int height;
            for (int first = 0; first < blockRows; first += height) {
                height = isInt8
                        ? SimdShape.tileRowsOfInt8(blockRows - first)
                        : SimdShape.tileRowsOfMore(blockRows - first);
                long tile = to + first * result.strideBytes() + columnByte;
                long tileRows = from + first * rows.strideBytes();
                long tilePanel = panel + column / PANEL * panelStep;
                long added = addend + first * addendRow + columnByte;
                if (isInt8) {
                    int8(height, columns / PANEL, tile, result.strideBytes(), tileRows, rows.strideBytes(), tilePanel,
                            panelStep, added, addendRow, weight.scaleAddress() + columnByte, depth);
                } else {
                    bf16(height, columns / PANEL, tile, result.strideBytes(), tileRows, rows.strideBytes(), tilePanel,
                            panelStep, added, addendRow, depth);
                }
            }
        }
    }

    private static int bf16Panels(int rows) {
        return PANEL_VECTORS == Bf16Tiles4.VECTORS ? Bf16Tiles4.panels(rows) : Bf16Tiles2.panels(rows);
    }

    private static int int8Panels(int rows) {
        return PANEL_VECTORS == Int8Tiles4.VECTORS ? Int8Tiles4.panels(rows) : Int8Tiles2.panels(rows);
    }

    private static void bf16(int height, int panels, long result, long resultRow, long rows, long rowStep, long panel,
            long panelStep, long addend, long addendRow, int depth) {
        if (PANEL_VECTORS == Bf16Tiles4.VECTORS) {
            Bf16Tiles4.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, addend, addendRow,
                    depth);
        } else {
            Bf16Tiles2.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, addend, addendRow,
                    depth);
        }
    }

    private static void int8(int height, int panels, long result, long resultRow, long rows, long rowStep, long panel,
            long panelStep, long addend, long addendRow, long scales, int depth) {
        if (PANEL_VECTORS == Int8Tiles4.VECTORS) {
            Int8Tiles4.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, addend, addendRow,
                    scales, depth);
        } else {
            Int8Tiles2.tile(height, panels, result, resultRow, rows, rowStep, panel, panelStep, addend, addendRow,
                    scales, depth);
        }
    }
}
