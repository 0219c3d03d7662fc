package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SCORE_KEYS;
import static io.lanewise.kernels.simd.SimdShape.SCORE_QUERIES;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Multiplies every query with every key: {@code scores[i][j] = scale · Σ queries[i][k] · keys[j][k]}.
 *
 * <p>Neither side is packed: a tile of 3 queries × 4 keys is 12 dot products side by side, each in the lanes of its own
 * accumulator, folded once at the end. A tile that would reach past the last row repeats that row instead: it computes
 * and stores the same bits again, and there is no edge kernel.
 */
final class RowScores {

    private RowScores() {}

    static void run(Rows scores, Rows queries, Rows keys, float scale) {
        for (int key = 0; key < keys.count(); key += SCORE_KEYS) {
            for (int query = 0; query < queries.count(); query += SCORE_QUERIES) {
                tile(scores, queries, keys, query, key, scale);
            }
        }
    }

    private static void tile(Rows scores, Rows queries, Rows keys, int query, int key, float scale) {
        int lastQuery = queries.count() - 1;
        int lastKey = keys.count() - 1;
        int i1 = Math.min(query + 1, lastQuery);
        int i2 = Math.min(query + 2, lastQuery);
        int j1 = Math.min(key + 1, lastKey);
        int j2 = Math.min(key + 2, lastKey);
        int j3 = Math.min(key + 3, lastKey);
        MemorySegment q0 = Slices.row(queries, query);
        MemorySegment q1 = Slices.row(queries, i1);
        MemorySegment q2 = Slices.row(queries, i2);
        MemorySegment k0 = Slices.row(keys, key);
        MemorySegment k1 = Slices.row(keys, j1);
        MemorySegment k2 = Slices.row(keys, j2);
        MemorySegment k3 = Slices.row(keys, j3);
        int vectors = queries.width() / LANES;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        for (int i = 0; i < vectors; i++) {
            long at = (long) i * VECTOR_BYTES;
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, q0, at, ORDER);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, q1, at, ORDER);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, q2, at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, k0, at, ORDER);
            s00 = x0.fma(y, s00);
            s10 = x1.fma(y, s10);
            s20 = x2.fma(y, s20);
            y = FloatVector.fromMemorySegment(SPECIES, k1, at, ORDER);
            s01 = x0.fma(y, s01);
            s11 = x1.fma(y, s11);
            s21 = x2.fma(y, s21);
            y = FloatVector.fromMemorySegment(SPECIES, k2, at, ORDER);
            s02 = x0.fma(y, s02);
            s12 = x1.fma(y, s12);
            s22 = x2.fma(y, s22);
            y = FloatVector.fromMemorySegment(SPECIES, k3, at, ORDER);
            s03 = x0.fma(y, s03);
            s13 = x1.fma(y, s13);
            s23 = x2.fma(y, s23);
        }
        MemorySegment r0 = Slices.row(scores, query);
        MemorySegment r1 = Slices.row(scores, i1);
        MemorySegment r2 = Slices.row(scores, i2);
        store(r0, key, scale * VectorMath.sum(s00));
        store(r0, j1, scale * VectorMath.sum(s01));
        store(r0, j2, scale * VectorMath.sum(s02));
        store(r0, j3, scale * VectorMath.sum(s03));
        store(r1, key, scale * VectorMath.sum(s10));
        store(r1, j1, scale * VectorMath.sum(s11));
        store(r1, j2, scale * VectorMath.sum(s12));
        store(r1, j3, scale * VectorMath.sum(s13));
        store(r2, key, scale * VectorMath.sum(s20));
        store(r2, j1, scale * VectorMath.sum(s21));
        store(r2, j2, scale * VectorMath.sum(s22));
        store(r2, j3, scale * VectorMath.sum(s23));
    }

    private static void store(MemorySegment row, int cell, float value) {
        row.set(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) cell * Float.BYTES, value);
    }
}
