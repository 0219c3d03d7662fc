<#--
  Dot products of a few queries with four keys, for every number of queries.
-->
<#macro load name segment byte>FloatVector ${name} = FloatVector.fromMemorySegment(SPECIES, ${segment}, ${byte} + at, ORDER)</#macro>
<#assign K = 4>
package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

/**
 * Tiles of {@link RowScores}, ${K} keys wide.
 *
 * <p>The fold merges four sums into four neighbouring lanes; it adds the same lanes in the same order for every key,
 * compiled or not, which {@code reduceLanes} does not. It stands in a loop over the tile's queries, because written out
 * it passes C2's node limit and boxes all accumulators (10 GFLOP/s instead of 40 at a depth of 512 on Zen 3).
 */
final class ScoreTiles {

    static final int KEYS = ${K};

    private static final VectorShuffle<Float> SWAP_HALVES = swap(LANES / 2);
    private static final VectorShuffle<Float> SWAP_QUARTERS = swap(LANES / 4);
    private static final VectorShuffle<Float> SWAP_PAIRS = swap(2);
    private static final VectorShuffle<Float> SWAP_NEIGHBOURS = swap(1);
    private static final VectorShuffle<Float> FIRST_OF_QUARTERS = VectorShuffle.fromOp(SPECIES,
            lane -> lane % 4 * (LANES / 4));
    private static final VectorMask<Float> UPPER_HALF = odd(LANES / 2);
    private static final VectorMask<Float> ODD_QUARTERS = odd(LANES / 4);

    private ScoreTiles() {}

    static void run(int height, Rows scores, Rows queries, Rows keys, int query, int key, float scale) {
        switch (height) {
<#list 1..5 as R>
            case ${R} -> tile${R}(scores, queries, keys, query, key, scale);
</#list>
            default -> throw new IllegalArgumentException("no such tile: height=" + height);
        }
    }
<#list 1..5 as R>

    /** ${R} queries; keys past the last one repeat it. */
    static void tile${R}(Rows scores, Rows queries, Rows keys, int query, int key, float scale) {
        int last = keys.count() - 1;
        long q0 = RowBytes.of(queries, query);
<#list 1..<R as r>
        long q${r} = q${r - 1} + RowBytes.stride(queries);
</#list>
<#list 0..<K as c>
        long k${c} = RowBytes.of(keys, Math.min(key + ${c}, last));
</#list>
        MemorySegment querySegment = queries.segment();
        MemorySegment keySegment = keys.segment();
        int bytes = queries.width() * Float.BYTES;
<#list 0..<R as r><#list 0..<K as c>
        FloatVector s${r}_${c} = FloatVector.zero(SPECIES);
</#list></#list>
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
<#if (R < K)>
<#list 0..<R as r>
            <@load "x${r}" "querySegment" "q${r}"/>;
</#list>
<#list 0..<K as c>
            <@load "y${c}" "keySegment" "k${c}"/>;
<#list 0..<R as r>
            s${r}_${c} = x${r}.fma(y${c}, s${r}_${c});
</#list></#list>
<#else>
<#list 0..<K as c>
            <@load "y${c}" "keySegment" "k${c}"/>;
</#list>
<#list 0..<R as r>
            <@load "x${r}" "querySegment" "q${r}"/>;
<#list 0..<K as c>
            s${r}_${c} = x${r}.fma(y${c}, s${r}_${c});
</#list></#list>
</#if>
        }
        MemorySegment target = scores.segment();
        long targetByte = RowBytes.of(scores, query) + (long) key * Float.BYTES;
        for (int r = 0; r < ${R}; r++) {
            FloatVector halves02 = s0_0.blend(s0_2, UPPER_HALF).add(s0_2.blend(s0_0, UPPER_HALF).rearrange(SWAP_HALVES));
            FloatVector halves13 = s0_1.blend(s0_3, UPPER_HALF).add(s0_3.blend(s0_1, UPPER_HALF).rearrange(SWAP_HALVES));
            FloatVector sums = halves02.blend(halves13, ODD_QUARTERS)
                    .add(halves13.blend(halves02, ODD_QUARTERS).rearrange(SWAP_QUARTERS));
            if (LANES >= 16) {
                sums = sums.add(sums.rearrange(SWAP_PAIRS));
            }
            if (LANES >= 8) {
                sums = sums.add(sums.rearrange(SWAP_NEIGHBOURS)).rearrange(FIRST_OF_QUARTERS);
            }
            ((FloatVector) sums.mul(scale).reinterpretShape(FloatVector.SPECIES_128, 0)).intoMemorySegment(target, targetByte,
                    ORDER);
            targetByte += RowBytes.stride(scores);
<#list 1..<R as r><#list 0..<K as c>
            s${r - 1}_${c} = s${r}_${c};
</#list></#list>
        }
    }
</#list>

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
