<#--
  Tiles of a matrix product, of every height and width: C2 keeps a local variable in a register, not an element of an array.
-->
<#include "/shared/halves.ftl">
<@pp.dropOutputFile />
<#assign shapes = {
    "2": [[1, 4], [2, 3], [3, 2], [1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1]],
    "4": [[1, 4], [2, 2], [3, 2], [1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1]]
}>
<#macro row r>FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(row${r} + at))</#macro>
<#macro panel v V>FloatVector.fromMemorySegment(SPECIES, panels, panel${(v / V)?floor} + (long) i * PANEL_BYTES<#if v % V != 0> + ${v % V} * VECTOR_BYTES</#if>, ORDER)</#macro>
<#macro store r C>
<#list 0..<C as c>
        s${r}_${c} = s${r}_${c}.add(FloatVector.fromMemorySegment(SPECIES, base, baseByte + ${c} * VECTOR_BYTES + ${r} * baseRow, ORDER));
</#list>
        if (clamp) {
<#list 0..<C as c>
            s${r}_${c} = s${r}_${c}.max(0);
</#list>
        }
<#list 0..<C as c>
        s${r}_${c}.intoMemorySegment(target, targetByte + ${c} * VECTOR_BYTES + ${r} * targetRow, ORDER);
</#list>
</#macro>
<#list shapes as width, tiles>
<#assign V = width?number>
<@pp.changeOutputFile name="MatMulTiles" + V + ".java" />
package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import jdk.incubator.vector.FloatVector;

import static io.lanewise.kernels.simd.SimdShape.BLOCK_DEPTH;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.PANEL;
import static io.lanewise.kernels.simd.SimdShape.PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import org.agrona.UnsafeApi;

/** Tiles of {@link PackedMatMul} over panels of ${V} vectors. */
final class MatMulTiles${V} {

    static final int VECTORS = ${V};

    private MatMulTiles${V}() {}

    /** Returns how many panels a tile of so many rows takes at once. */
    static int panels(int height) {
        return switch (height) {
<#list tiles as tile><#if (tile[1] > 1)>
            case ${tile[0]} -> ${tile[1]};
</#if></#list>
            default -> 1;
        };
    }

    static void run(int height, int panels, Rows result, PackedWeight weight, long rows, long rowStep, long depthStep, int row,
            int column, int k, int depth, boolean fromBias, boolean clamp) {
        switch (height + 10 * panels) {
<#list tiles as tile>
            case ${tile[0] + 10 * tile[1]} -> tile${tile[0]}x${tile[1]}(result, weight, rows, rowStep, depthStep, row, column, k, depth, fromBias, clamp);
</#list>
            default -> throw new IllegalArgumentException("no such tile: height=" + height + ", panels=" + panels);
        }
    }
<#list tiles as tile>
<#assign R = tile[0], P = tile[1], C = P * V>

    /** ${R} rows, ${P} panels. */
    static void tile${R}x${P}(Rows result, PackedWeight weight, long rows, long rowStep, long depthStep, int row, int column, int k,
            int depth, boolean fromBias, boolean clamp) {
        int steps = Math.min(depth, BLOCK_DEPTH);
        MemorySegment panels = weight.segment();
        long panel0 = weight.offsetBytes() + ((long) column * weight.depth() + (long) k * PANEL) * Float.BYTES;
<#list 1..<P as p>
        long panel${p} = panel${p - 1} + (long) weight.depth() * PANEL_BYTES;
</#list>
        long row0 = rows;
<#list 1..<R as r>
        long row${r} = row${r - 1} + rowStep;
</#list>
<#list 0..<R as r><#list 0..<C as c>
        FloatVector s${r}_${c} = FloatVector.zero(SPECIES);
</#list></#list>
        long at = 0;
        for (int i = 0; i < steps; i++) {
<#if (R < C)>
<#list 0..<R as r>
            FloatVector x${r} = <@row r/>;
</#list>
<#list 0..<C as c>
            FloatVector y${c} = <@panel c V/>;
<#list 0..<R as r>
            s${r}_${c} = x${r}.fma(y${c}, s${r}_${c});
</#list></#list>
<#else>
<#list 0..<C as c>
            FloatVector y${c} = <@panel c V/>;
</#list>
<#list 0..<R as r>
            FloatVector x${r} = <@row r/>;
<#list 0..<C as c>
            s${r}_${c} = x${r}.fma(y${c}, s${r}_${c});
</#list></#list>
</#if>
            at += depthStep;
        }
        MemorySegment base = fromBias ? weight.segment() : result.segment();
        MemorySegment target = result.segment();
        long targetRow = RowBytes.stride(result);
        long targetByte = RowBytes.of(result, row) + (long) column * Float.BYTES;
        long baseRow = fromBias ? 0 : targetRow;
        long baseByte = fromBias ? weight.biasByte() + (long) column * Float.BYTES : targetByte;
<@halves R C {"baseByte": "baseRow", "targetByte": "targetRow"}; r><@store r C/></@halves>
    }
</#list>
}
</#list>
