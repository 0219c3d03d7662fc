<#--
  Dot products of a few queries with four keys, for every number of queries.
-->
<#macro load name row>FloatVector ${name} = FloatVector.fromMemorySegment(SPECIES, ALL, ${row} + Integer.toUnsignedLong(at), ORDER)</#macro>
<#assign K = 4>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * Tiles of {@link RowScores}, ${K} keys wide.
 *
 * <p>The fold merges four sums into four neighbouring lanes; it adds the same lanes in the same order for every key,
 * compiled or not, which {@code reduceLanes} does not.
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

    /** Computes a tile of scores; of its keys there are so many, and those past the last one repeat it. */
    static void run(int height, long scores, long scoreRow, long queries, long queryRow, long keys, long keyRow, int keyCount,
            int bytes, float scale) {
        switch (height) {
<#list 1..5 as R>
            case ${R} -> tile${R}(scores, scoreRow, queries, queryRow, keys, keyRow, keyCount, bytes, scale);
</#list>
            default -> throw new IllegalArgumentException("no such tile: height=" + height);
        }
    }
<#list 1..5 as R>

    /** ${R} queries. */
    static void tile${R}(long scores, long scoreRow, long queries, long queryRow, long keys, long keyRow, int keyCount, int bytes,
            float scale) {
        int last = keyCount - 1;
<#list 0..<R as r>
        long q${r} = (queries + ${r} * queryRow) & ADDRESS;
</#list>
<#list 0..<K as c>
        long k${c} = (keys + Math.min(${c}, last) * keyRow) & ADDRESS;
</#list>
        FloatVector zero = FloatVector.zero(SPECIES);
<#list 0..<R as r><#list 0..<K as c>
        FloatVector s${r}_${c} = zero;
</#list></#list>
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
<#if (R < K)>
<#list 0..<R as r>
            <@load "x${r}" "q${r}"/>;
</#list>
<#list 0..<K as c>
            <@load "y${c}" "k${c}"/>;
<#list 0..<R as r>
            s${r}_${c} = x${r}.fma(y${c}, s${r}_${c});
</#list></#list>
<#else>
<#list 0..<K as c>
            <@load "y${c}" "k${c}"/>;
</#list>
<#list 0..<R as r>
            <@load "x${r}" "q${r}"/>;
<#list 0..<K as c>
            s${r}_${c} = x${r}.fma(y${c}, s${r}_${c});
</#list></#list>
</#if>
        }
<#list 0..<R as r>
        FloatVector t${r} = s${r}_0.blend(s${r}_2, UPPER_HALF).add(s${r}_2.blend(s${r}_0, UPPER_HALF).rearrange(SWAP_HALVES));
        FloatVector u${r} = s${r}_1.blend(s${r}_3, UPPER_HALF).add(s${r}_3.blend(s${r}_1, UPPER_HALF).rearrange(SWAP_HALVES));
        t${r} = t${r}.blend(u${r}, ODD_QUARTERS).add(u${r}.blend(t${r}, ODD_QUARTERS).rearrange(SWAP_QUARTERS));
        if (LANES >= 16) {
            t${r} = t${r}.add(t${r}.rearrange(SWAP_PAIRS));
        }
        if (LANES >= 8) {
            t${r} = t${r}.add(t${r}.rearrange(SWAP_NEIGHBOURS)).rearrange(FIRST_OF_QUARTERS);
        }
        ((FloatVector) t${r}.mul(scale).reinterpretShape(FloatVector.SPECIES_128, 0)).intoMemorySegment(ALL,
                (scores + ${r} * scoreRow) & ADDRESS, ORDER);
</#list>
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
