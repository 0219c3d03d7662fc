package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

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
 *
 * <p>The fold merges four sums into four neighbouring lanes; it adds the same lanes in the same order for every key,
 * compiled or not, which {@code reduceLanes} does not. It stands in a loop over the tile's queries although they are
 * three, because written out three times it passes C2's node limit and boxes all accumulators (10 GFLOP/s
 * instead of 40 at a depth of 512 on Zen 3). Four cells are stored whatever the number of keys: those beyond are not defined.
 */
final class RowScores {

    private static final VectorShuffle<Float> SWAP_HALVES = swap(LANES / 2);
    private static final VectorShuffle<Float> SWAP_QUARTERS = swap(LANES / 4);
    private static final VectorShuffle<Float> SWAP_PAIRS = swap(2);
    private static final VectorShuffle<Float> SWAP_NEIGHBOURS = swap(1);
    private static final VectorShuffle<Float> FIRST_OF_QUARTERS = VectorShuffle.fromOp(SPECIES,
            lane -> lane % 4 * (LANES / 4));
    private static final VectorMask<Float> UPPER_HALF = odd(LANES / 2);
    private static final VectorMask<Float> ODD_QUARTERS = odd(LANES / 4);

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
        long q0 = RowBytes.of(queries, query);
        long q1 = RowBytes.of(queries, i1);
        long q2 = RowBytes.of(queries, i2);
        long k0 = RowBytes.of(keys, key);
        long k1 = RowBytes.of(keys, j1);
        long k2 = RowBytes.of(keys, j2);
        long k3 = RowBytes.of(keys, j3);
        MemorySegment querySegment = queries.segment();
        MemorySegment keySegment = keys.segment();
        int bytes = queries.width() * Float.BYTES;
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
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, querySegment, q0 + at, ORDER);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, querySegment, q1 + at, ORDER);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, querySegment, q2 + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(SPECIES, keySegment, k0 + at, ORDER);
            s00 = x0.fma(y, s00);
            s10 = x1.fma(y, s10);
            s20 = x2.fma(y, s20);
            y = FloatVector.fromMemorySegment(SPECIES, keySegment, k1 + at, ORDER);
            s01 = x0.fma(y, s01);
            s11 = x1.fma(y, s11);
            s21 = x2.fma(y, s21);
            y = FloatVector.fromMemorySegment(SPECIES, keySegment, k2 + at, ORDER);
            s02 = x0.fma(y, s02);
            s12 = x1.fma(y, s12);
            s22 = x2.fma(y, s22);
            y = FloatVector.fromMemorySegment(SPECIES, keySegment, k3 + at, ORDER);
            s03 = x0.fma(y, s03);
            s13 = x1.fma(y, s13);
            s23 = x2.fma(y, s23);
        }
        MemorySegment target = scores.segment();
        for (int i = 0; i < SCORE_QUERIES; i++) {
            long at = RowBytes.of(scores, Math.min(query + i, lastQuery)) + (long) key * Float.BYTES;
            FloatVector halves02 = s00.blend(s02, UPPER_HALF).add(s02.blend(s00, UPPER_HALF).rearrange(SWAP_HALVES));
            FloatVector halves13 = s01.blend(s03, UPPER_HALF).add(s03.blend(s01, UPPER_HALF).rearrange(SWAP_HALVES));
            FloatVector sums = halves02.blend(halves13, ODD_QUARTERS)
                    .add(halves13.blend(halves02, ODD_QUARTERS).rearrange(SWAP_QUARTERS));
            if (LANES >= 16) {
                sums = sums.add(sums.rearrange(SWAP_PAIRS));
            }
            if (LANES >= 8) {
                sums = sums.add(sums.rearrange(SWAP_NEIGHBOURS)).rearrange(FIRST_OF_QUARTERS);
            }
            ((FloatVector) sums.mul(scale).reinterpretShape(FloatVector.SPECIES_128, 0)).intoMemorySegment(target, at,
                    ORDER);
            s00 = s10;
            s01 = s11;
            s02 = s12;
            s03 = s13;
            s10 = s20;
            s11 = s21;
            s12 = s22;
            s13 = s23;
        }
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance);
    }

    private static VectorMask<Float> odd(int distance) {
        boolean[] bits = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            bits[lane] = (lane & distance) != 0;
        }
        return VectorMask.fromArray(SPECIES, bits, 0);
    }
}
