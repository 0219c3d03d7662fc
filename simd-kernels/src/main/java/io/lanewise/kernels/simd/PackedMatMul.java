package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import org.agrona.UnsafeApi;

import static io.lanewise.kernels.simd.SimdShape.BLOCK_DEPTH;
import static io.lanewise.kernels.simd.SimdShape.BLOCK_ROWS;
import static io.lanewise.kernels.simd.SimdShape.EDGE_ROWS;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.TILE_ROWS;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Multiplies rows by a packed weight: {@code result = activation(rows × weightᵀ + bias)}.
 *
 * <p>Loops, from the outside: blocks of rows, blocks of depth, panels of columns, tiles of rows, depth. A block of rows is
 * packed into scratch memory first, so that the innermost loop reads two streams with one address each:
 *
 * <pre>
 *   scratch, tile 0: [k 0: row 0 … 5] [k 1: row 0 … 5] …     tile 1: [k 0: row 6 … 11] …     last tile: 4 or 6 rows
 *   panel:           [k 0: column 0 … P-1] [k 1: column 0 … P-1] …
 * </pre>
 *
 * <p>Every element is one chain of FMAs a depth block, added to what the blocks before left in the result, wherever its
 * row stands. A last tile with fewer rows repeats the last one: the same bits are stored again.
 *
 * <p>Tried on Zen 3 (AVX2), 96×512×512, interleaved in one process, median fraction of the FMA probe: panel and packed
 * rows sliced before the loop 0.66; offsets added to the loop variable 0.79, which stands here; packed rows read through
 * Agrona's Unsafe instead of the memory API: no difference once nothing is sliced.
 */
final class PackedMatMul {

    private static final int TILE_BYTES = TILE_ROWS * Float.BYTES;
    private static final int EDGE_BYTES = EDGE_ROWS * Float.BYTES;

    private PackedMatMul() {}

    /** Returns the floats of scratch memory for rows of a given depth. */
    static int scratch(int depth) {
        return BLOCK_ROWS * Math.min(depth, BLOCK_DEPTH);
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
            int blockDepth, boolean fromBias, boolean clamp) {
        int tiles = blockRows / TILE_ROWS;
        int rest = blockRows % TILE_ROWS;
        if (rest > EDGE_ROWS) {
            tiles++;
            rest = 0;
        }
        for (int tile = 0; tile < tiles; tile++) {
            pack(scratch, rows, row, tile, TILE_ROWS, k, blockDepth);
        }
        if (rest > 0) {
            pack(scratch, rows, row, tiles, EDGE_ROWS, k, blockDepth);
        }
        for (int column = 0; column < weight.columns(); column += PANEL) {
            for (int tile = 0; tile < tiles; tile++) {
                tile6(result, weight, scratch, row, tile, column, k, blockDepth, fromBias, clamp);
            }
            if (rest > 0) {
                tile4(result, weight, scratch, row, tiles, column, k, blockDepth, fromBias, clamp);
            }
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

    private static void pack(Rows scratch, Rows rows, int row, int tile, int height, int k, int depth) {
        long tileAddress = tileAddress(scratch, tile, depth);
        int last = rows.count() - 1;
        int step = height * Float.BYTES;
        for (int i = 0; i < height; i++) {
            int source = Math.min(row + tile * TILE_ROWS + i, last);
            long from = rows.segment().address() + RowBytes.of(rows, source) + (long) k * Float.BYTES;
            long to = tileAddress + (long) i * Float.BYTES;
            for (int j = 0; j < depth; j++) {
                UnsafeApi.putFloat(to + (long) j * step, UnsafeApi.getFloat(from + (long) j * Float.BYTES));
            }
        }
    }

    private static long tileAddress(Rows scratch, int tile, int depth) {
        return scratch.segment().address() + scratch.firstByte() + (long) tile * TILE_ROWS * depth * Float.BYTES;
    }

    private static void tile6(Rows result, PackedWeight weight, Rows scratch, int row, int tile, int column, int k,
            int depth, boolean fromBias, boolean clamp) {
        long packed = tileAddress(scratch, tile, depth);
        long panelByte = weight.offsetBytes() + ((long) column * weight.depth() + (long) k * PANEL) * Float.BYTES;
        MemorySegment panel = weight.segment();
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s40 = s00;
        FloatVector s41 = s00;
        FloatVector s50 = s00;
        FloatVector s51 = s00;
        for (int i = 0; i < depth; i++) {
            FloatVector y0 = FloatVector.fromMemorySegment(SPECIES, panel, panelByte + (long) i * PANEL_BYTES, ORDER);
            FloatVector y1 = FloatVector.fromMemorySegment(SPECIES, panel,
                    panelByte + (long) i * PANEL_BYTES + VECTOR_BYTES,
                    ORDER);
            long at = (long) i * TILE_BYTES;
            FloatVector x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at));
            s00 = x.fma(y0, s00);
            s01 = x.fma(y1, s01);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + Float.BYTES));
            s10 = x.fma(y0, s10);
            s11 = x.fma(y1, s11);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + 2 * Float.BYTES));
            s20 = x.fma(y0, s20);
            s21 = x.fma(y1, s21);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + 3 * Float.BYTES));
            s30 = x.fma(y0, s30);
            s31 = x.fma(y1, s31);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + 4 * Float.BYTES));
            s40 = x.fma(y0, s40);
            s41 = x.fma(y1, s41);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + 5 * Float.BYTES));
            s50 = x.fma(y0, s50);
            s51 = x.fma(y1, s51);
        }
        MemorySegment base = fromBias ? weight.segment() : result.segment();
        MemorySegment target = result.segment();
        long first = row + (long) tile * TILE_ROWS;
        long last = result.count() - 1L;
        long rowBytes = RowBytes.stride(result);
        long targetByte = result.firstByte() + (long) column * Float.BYTES;
        long baseByte = fromBias ? weight.biasByte() + (long) column * Float.BYTES : targetByte;
        long baseRowBytes = fromBias ? 0 : rowBytes;
        long row0 = first;
        long row1 = Math.min(first + 1, last);
        long row2 = Math.min(first + 2, last);
        long row3 = Math.min(first + 3, last);
        long row4 = Math.min(first + 4, last);
        long row5 = Math.min(first + 5, last);
        long base0 = baseByte + row0 * baseRowBytes;
        s00 = s00.add(FloatVector.fromMemorySegment(SPECIES, base, base0, ORDER));
        s01 = s01.add(FloatVector.fromMemorySegment(SPECIES, base, base0 + VECTOR_BYTES, ORDER));
        long base1 = baseByte + row1 * baseRowBytes;
        s10 = s10.add(FloatVector.fromMemorySegment(SPECIES, base, base1, ORDER));
        s11 = s11.add(FloatVector.fromMemorySegment(SPECIES, base, base1 + VECTOR_BYTES, ORDER));
        long base2 = baseByte + row2 * baseRowBytes;
        s20 = s20.add(FloatVector.fromMemorySegment(SPECIES, base, base2, ORDER));
        s21 = s21.add(FloatVector.fromMemorySegment(SPECIES, base, base2 + VECTOR_BYTES, ORDER));
        long base3 = baseByte + row3 * baseRowBytes;
        s30 = s30.add(FloatVector.fromMemorySegment(SPECIES, base, base3, ORDER));
        s31 = s31.add(FloatVector.fromMemorySegment(SPECIES, base, base3 + VECTOR_BYTES, ORDER));
        long base4 = baseByte + row4 * baseRowBytes;
        s40 = s40.add(FloatVector.fromMemorySegment(SPECIES, base, base4, ORDER));
        s41 = s41.add(FloatVector.fromMemorySegment(SPECIES, base, base4 + VECTOR_BYTES, ORDER));
        long base5 = baseByte + row5 * baseRowBytes;
        s50 = s50.add(FloatVector.fromMemorySegment(SPECIES, base, base5, ORDER));
        s51 = s51.add(FloatVector.fromMemorySegment(SPECIES, base, base5 + VECTOR_BYTES, ORDER));
        if (clamp) {
            s00 = s00.max(0);
            s01 = s01.max(0);
            s10 = s10.max(0);
            s11 = s11.max(0);
            s20 = s20.max(0);
            s21 = s21.max(0);
            s30 = s30.max(0);
            s31 = s31.max(0);
            s40 = s40.max(0);
            s41 = s41.max(0);
            s50 = s50.max(0);
            s51 = s51.max(0);
        }
        long target0 = targetByte + row0 * rowBytes;
        s00.intoMemorySegment(target, target0, ORDER);
        s01.intoMemorySegment(target, target0 + VECTOR_BYTES, ORDER);
        long target1 = targetByte + row1 * rowBytes;
        s10.intoMemorySegment(target, target1, ORDER);
        s11.intoMemorySegment(target, target1 + VECTOR_BYTES, ORDER);
        long target2 = targetByte + row2 * rowBytes;
        s20.intoMemorySegment(target, target2, ORDER);
        s21.intoMemorySegment(target, target2 + VECTOR_BYTES, ORDER);
        long target3 = targetByte + row3 * rowBytes;
        s30.intoMemorySegment(target, target3, ORDER);
        s31.intoMemorySegment(target, target3 + VECTOR_BYTES, ORDER);
        long target4 = targetByte + row4 * rowBytes;
        s40.intoMemorySegment(target, target4, ORDER);
        s41.intoMemorySegment(target, target4 + VECTOR_BYTES, ORDER);
        long target5 = targetByte + row5 * rowBytes;
        s50.intoMemorySegment(target, target5, ORDER);
        s51.intoMemorySegment(target, target5 + VECTOR_BYTES, ORDER);
    }

    private static void tile4(Rows result, PackedWeight weight, Rows scratch, int row, int tile, int column, int k,
            int depth, boolean fromBias, boolean clamp) {
        long packed = tileAddress(scratch, tile, depth);
        long panelByte = weight.offsetBytes() + ((long) column * weight.depth() + (long) k * PANEL) * Float.BYTES;
        MemorySegment panel = weight.segment();
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int i = 0; i < depth; i++) {
            FloatVector y0 = FloatVector.fromMemorySegment(SPECIES, panel, panelByte + (long) i * PANEL_BYTES, ORDER);
            FloatVector y1 = FloatVector.fromMemorySegment(SPECIES, panel,
                    panelByte + (long) i * PANEL_BYTES + VECTOR_BYTES,
                    ORDER);
            long at = (long) i * EDGE_BYTES;
            FloatVector x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at));
            s00 = x.fma(y0, s00);
            s01 = x.fma(y1, s01);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + Float.BYTES));
            s10 = x.fma(y0, s10);
            s11 = x.fma(y1, s11);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + 2 * Float.BYTES));
            s20 = x.fma(y0, s20);
            s21 = x.fma(y1, s21);
            x = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(packed + at + 3 * Float.BYTES));
            s30 = x.fma(y0, s30);
            s31 = x.fma(y1, s31);
        }
        MemorySegment base = fromBias ? weight.segment() : result.segment();
        MemorySegment target = result.segment();
        long first = row + (long) tile * TILE_ROWS;
        long last = result.count() - 1L;
        long rowBytes = RowBytes.stride(result);
        long targetByte = result.firstByte() + (long) column * Float.BYTES;
        long baseByte = fromBias ? weight.biasByte() + (long) column * Float.BYTES : targetByte;
        long baseRowBytes = fromBias ? 0 : rowBytes;
        long row0 = first;
        long row1 = Math.min(first + 1, last);
        long row2 = Math.min(first + 2, last);
        long row3 = Math.min(first + 3, last);
        long base0 = baseByte + row0 * baseRowBytes;
        s00 = s00.add(FloatVector.fromMemorySegment(SPECIES, base, base0, ORDER));
        s01 = s01.add(FloatVector.fromMemorySegment(SPECIES, base, base0 + VECTOR_BYTES, ORDER));
        long base1 = baseByte + row1 * baseRowBytes;
        s10 = s10.add(FloatVector.fromMemorySegment(SPECIES, base, base1, ORDER));
        s11 = s11.add(FloatVector.fromMemorySegment(SPECIES, base, base1 + VECTOR_BYTES, ORDER));
        long base2 = baseByte + row2 * baseRowBytes;
        s20 = s20.add(FloatVector.fromMemorySegment(SPECIES, base, base2, ORDER));
        s21 = s21.add(FloatVector.fromMemorySegment(SPECIES, base, base2 + VECTOR_BYTES, ORDER));
        long base3 = baseByte + row3 * baseRowBytes;
        s30 = s30.add(FloatVector.fromMemorySegment(SPECIES, base, base3, ORDER));
        s31 = s31.add(FloatVector.fromMemorySegment(SPECIES, base, base3 + VECTOR_BYTES, ORDER));
        if (clamp) {
            s00 = s00.max(0);
            s01 = s01.max(0);
            s10 = s10.max(0);
            s11 = s11.max(0);
            s20 = s20.max(0);
            s21 = s21.max(0);
            s30 = s30.max(0);
            s31 = s31.max(0);
        }
        long target0 = targetByte + row0 * rowBytes;
        s00.intoMemorySegment(target, target0, ORDER);
        s01.intoMemorySegment(target, target0 + VECTOR_BYTES, ORDER);
        long target1 = targetByte + row1 * rowBytes;
        s10.intoMemorySegment(target, target1, ORDER);
        s11.intoMemorySegment(target, target1 + VECTOR_BYTES, ORDER);
        long target2 = targetByte + row2 * rowBytes;
        s20.intoMemorySegment(target, target2, ORDER);
        s21.intoMemorySegment(target, target2 + VECTOR_BYTES, ORDER);
        long target3 = targetByte + row3 * rowBytes;
        s30.intoMemorySegment(target, target3, ORDER);
        s31.intoMemorySegment(target, target3 + VECTOR_BYTES, ORDER);
    }
}
