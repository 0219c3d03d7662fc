package io.lanewise.kernels.simd;

import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.PANEL_VECTORS;

/**
 * A block of {@link PackedMatMul} whose weight comes from memory: while the tiles of a panel are computed, the next panel is read.
 *
 * <p>Otherwise a panel's first tile waits for memory, and memory for all the others. Java has no prefetch, so tiles read one
 * {@code int} beside each row of the panel that they multiply; the processor sees a stream and runs ahead of it. The first tiles of
 * a panel read a share of the next one each.
 *
 * <p>Where weights stay in a cache this only costs: 15×128×128 0.92, 15×512×512 0.94, 64×512×512 0.96 of what {@link PackedMatMul} does.
 * So it is for weights that are {@linkplain PackedWeight#isStreamed streamed}. Measured on Zen 3 with AVX2, all-MiniLM-L6-v2 of 42 MB,
 * bests of four starts in turn, time of it over {@link PackedMatMul}'s: 8 tokens 0.93, 16 tokens 0.87, 32 tokens 0.91, 64 tokens 0.98,
 * 256 and 512 tokens 1.00. Tried and dropped:
 *
 * <ul>
 * <li>All tiles of a panel read ahead, so that there is one kind: 1.05 at 256 tokens, and no better at 8 to 32.
 * <li>At a fixed step of half a panel's row: 1.05 from 64 tokens on.
 * <li>Up to two or eight tiles of a panel instead of four: no difference beyond the noise.
 * <li>Two streams of half a panel each: no better within the noise.
 * <li>The first rows of two or four panels at a time, so that weights come from as many places: 0.91 at 8 tokens, nothing above.
 * </ul>
 *
 * <p>With panels of four vectors it is not built: on Zen 4 such tiles take 1.8 times as long at 8 tokens, 1.4 at 16, 1.15 at 32 and 1.05 at
 * 64. There the processor runs ahead by itself, since a panel's row is four lines; 8 tokens reach 0.68 of the FMA probe, 16 tokens 0.77.
 */
final class StreamedMatMul {

    /** Fewer rows read several panels at once. */
    private static final int LEAST_ROWS = 3;

    /** The most tiles of a panel that read ahead. */
    private static final int MOST_SHARES = 4;

    /** The sum of what was read ahead: written, so that C2 reads it; nobody asks for it. */
    @SuppressWarnings("unused")
    private static int read;

    private StreamedMatMul() {}

    static boolean isFor(PackedWeight weight, int rows) {
        return weight.isStreamed() && PANEL_VECTORS == MatMulTiles2.VECTORS && rows >= LEAST_ROWS;
    }

    static void block(Rows result, Rows rows, PackedWeight weight, int row, int blockRows, int k, int depth,
            boolean more) {
        long from = rows.address() + row * rows.strideBytes() + (long) k * Float.BYTES;
        long to = result.address() + row * result.strideBytes();
        long addend = more ? to : weight.biasAddress();
        long addendRow = more ? result.strideBytes() : 0;
        long panel = weight.address() + (long) k * PANEL_BYTES;
        long panelStep = (long) weight.depth() * PANEL_BYTES;
        int shares = Math.min(MOST_SHARES, Math.ceilDiv(blockRows, SimdShape.TILE_ROWS));
        int sum = 0;
        for (int column = 0; column < weight.columns(); column += PANEL) {
            long columnByte = (long) column * Float.BYTES;
            boolean isLast = column + PANEL == weight.columns();
            sum += panel(to + columnByte, result.strideBytes(), from, rows.strideBytes(), blockRows, panel,
                    addend + columnByte, addendRow, depth, panel + panelStep, isLast ? 0 : shares);
            panel += panelStep;
        }
        read = sum;
    }

    /** All tiles of a panel; the first ones read so many shares of the next. */
    private static int panel(long result, long resultRow, long rows, long rowStep, int count, long panel, long addend,
            long addendRow, int depth, long next, int shares) {
        int step = shares == 0 ? 0 : PANEL_BYTES / shares;
        int sum = 0;
        int share = 0;
        int height;
        for (int first = 0; first < count; first += height) {
            height = SimdShape.tileRows(count - first);
            long tile = result + first * resultRow;
            long tileRows = rows + first * rowStep;
            long added = addend + first * addendRow;
            if (share < shares) {
                sum += MatMulTiles2.ahead(height, tile, resultRow, tileRows, rowStep, panel, added, addendRow, depth,
                        next + (long) share * step * depth, step);
                share++;
            } else {
                MatMulTiles2.tile(height, 1, tile, resultRow, tileRows, rowStep, panel, 0, added, addendRow, depth);
            }
        }
        return sum;
    }
}
