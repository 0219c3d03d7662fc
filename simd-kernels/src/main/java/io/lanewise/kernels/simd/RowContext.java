package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.EDGE_ROWS;
import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.TILE_ROWS;

/**
 * Mixes value rows by attention: {@code context[i][c] = Σ attention[i][j] · values[j][c]}.
 *
 * <p>Tiles of 6 or 4 rows × 2 vectors, one chain of FMAs over the keys an element. Value rows are read where they stand.
 * A tile that would reach past the last row, or past the last vector, repeats that one: it stores the same bits again.
 * A sum that underflowed to −0 would turn to 0 at a trailing masked key, so every sum has +0 added before it is stored.
 */
final class RowContext {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private RowContext() {}

    static void run(Rows context, Rows attention, Rows values) {
        int rows = context.count();
        for (int column = 0; column < context.width(); column += 2 * LANES) {
            int row = 0;
            for (; rows - row > EDGE_ROWS; row += TILE_ROWS) {
                tile6(context, attention, values, row, column);
            }
            if (row < rows) {
                tile4(context, attention, values, row, column);
            }
        }
    }

    private static void tile6(Rows context, Rows attention, Rows values, int row, int column) {
        int last = attention.count() - 1;
        int keys = values.count();
        int next = Math.min(column + LANES, context.width() - LANES);
        long columnByte = (long) column * Float.BYTES;
        long nextByte = (long) next * Float.BYTES;
        long keyBytes = Slices.rowBytes(values);
        MemorySegment value = Slices.rows(values);
        int row0 = row;
        int row1 = Math.min(row + 1, last);
        int row2 = Math.min(row + 2, last);
        int row3 = Math.min(row + 3, last);
        int row4 = Math.min(row + 4, last);
        int row5 = Math.min(row + 5, last);
        MemorySegment weights = Slices.rows(attention);
        long a0 = row0 * Slices.rowBytes(attention);
        long a1 = row1 * Slices.rowBytes(attention);
        long a2 = row2 * Slices.rowBytes(attention);
        long a3 = row3 * Slices.rowBytes(attention);
        long a4 = row4 * Slices.rowBytes(attention);
        long a5 = row5 * Slices.rowBytes(attention);
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
        for (int key = 0; key < keys; key++) {
            FloatVector y0 = FloatVector.fromMemorySegment(SPECIES, value, key * keyBytes + columnByte, ORDER);
            FloatVector y1 = FloatVector.fromMemorySegment(SPECIES, value, key * keyBytes + nextByte, ORDER);
            long at = (long) key * Float.BYTES;
            FloatVector x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a0 + at));
            s00 = x.fma(y0, s00);
            s01 = x.fma(y1, s01);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a1 + at));
            s10 = x.fma(y0, s10);
            s11 = x.fma(y1, s11);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a2 + at));
            s20 = x.fma(y0, s20);
            s21 = x.fma(y1, s21);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a3 + at));
            s30 = x.fma(y0, s30);
            s31 = x.fma(y1, s31);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a4 + at));
            s40 = x.fma(y0, s40);
            s41 = x.fma(y1, s41);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a5 + at));
            s50 = x.fma(y0, s50);
            s51 = x.fma(y1, s51);
        }
        MemorySegment c0 = Slices.row(context, row0);
        s00.add(0f).intoMemorySegment(c0, columnByte, ORDER);
        s01.add(0f).intoMemorySegment(c0, nextByte, ORDER);
        MemorySegment c1 = Slices.row(context, row1);
        s10.add(0f).intoMemorySegment(c1, columnByte, ORDER);
        s11.add(0f).intoMemorySegment(c1, nextByte, ORDER);
        MemorySegment c2 = Slices.row(context, row2);
        s20.add(0f).intoMemorySegment(c2, columnByte, ORDER);
        s21.add(0f).intoMemorySegment(c2, nextByte, ORDER);
        MemorySegment c3 = Slices.row(context, row3);
        s30.add(0f).intoMemorySegment(c3, columnByte, ORDER);
        s31.add(0f).intoMemorySegment(c3, nextByte, ORDER);
        MemorySegment c4 = Slices.row(context, row4);
        s40.add(0f).intoMemorySegment(c4, columnByte, ORDER);
        s41.add(0f).intoMemorySegment(c4, nextByte, ORDER);
        MemorySegment c5 = Slices.row(context, row5);
        s50.add(0f).intoMemorySegment(c5, columnByte, ORDER);
        s51.add(0f).intoMemorySegment(c5, nextByte, ORDER);
    }

    private static void tile4(Rows context, Rows attention, Rows values, int row, int column) {
        int last = attention.count() - 1;
        int keys = values.count();
        int next = Math.min(column + LANES, context.width() - LANES);
        long columnByte = (long) column * Float.BYTES;
        long nextByte = (long) next * Float.BYTES;
        long keyBytes = Slices.rowBytes(values);
        MemorySegment value = Slices.rows(values);
        int row0 = row;
        int row1 = Math.min(row + 1, last);
        int row2 = Math.min(row + 2, last);
        int row3 = Math.min(row + 3, last);
        MemorySegment weights = Slices.rows(attention);
        long a0 = row0 * Slices.rowBytes(attention);
        long a1 = row1 * Slices.rowBytes(attention);
        long a2 = row2 * Slices.rowBytes(attention);
        long a3 = row3 * Slices.rowBytes(attention);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int key = 0; key < keys; key++) {
            FloatVector y0 = FloatVector.fromMemorySegment(SPECIES, value, key * keyBytes + columnByte, ORDER);
            FloatVector y1 = FloatVector.fromMemorySegment(SPECIES, value, key * keyBytes + nextByte, ORDER);
            long at = (long) key * Float.BYTES;
            FloatVector x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a0 + at));
            s00 = x.fma(y0, s00);
            s01 = x.fma(y1, s01);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a1 + at));
            s10 = x.fma(y0, s10);
            s11 = x.fma(y1, s11);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a2 + at));
            s20 = x.fma(y0, s20);
            s21 = x.fma(y1, s21);
            x = FloatVector.broadcast(SPECIES, weights.get(FLOAT, a3 + at));
            s30 = x.fma(y0, s30);
            s31 = x.fma(y1, s31);
        }
        MemorySegment c0 = Slices.row(context, row0);
        s00.add(0f).intoMemorySegment(c0, columnByte, ORDER);
        s01.add(0f).intoMemorySegment(c0, nextByte, ORDER);
        MemorySegment c1 = Slices.row(context, row1);
        s10.add(0f).intoMemorySegment(c1, columnByte, ORDER);
        s11.add(0f).intoMemorySegment(c1, nextByte, ORDER);
        MemorySegment c2 = Slices.row(context, row2);
        s20.add(0f).intoMemorySegment(c2, columnByte, ORDER);
        s21.add(0f).intoMemorySegment(c2, nextByte, ORDER);
        MemorySegment c3 = Slices.row(context, row3);
        s30.add(0f).intoMemorySegment(c3, columnByte, ORDER);
        s31.add(0f).intoMemorySegment(c3, nextByte, ORDER);
    }
}
