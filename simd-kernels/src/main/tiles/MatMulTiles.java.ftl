<#--
  Tiles of a matrix product, of every height and width: C2 keeps a local variable in a register, not an element of an array.
-->
<#include "/shared/turns.ftl">
<@pp.dropOutputFile />
<#-- By vectors of a panel: rows and panels of each tile. -->
<#assign shapes = {
    "2": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1], [6, 1]],
    "4": [[1, 4], [2, 2], [3, 2], [1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1]]
}>
<#macro row r>FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(row${r} + rowByte))</#macro>
<#macro panel v V>FloatVector.fromMemorySegment(SPECIES, ALL, panel${(v / V)?floor} + panelByte<#if v % V != 0> + ${v % V} * VECTOR_BYTES</#if>, ORDER)</#macro>
<#macro store r C>
<#list 0..<C as c>
        s${r}_${c} = s${r}_${c}.add(FloatVector.fromMemorySegment(SPECIES, ALL, (base + ${r} * baseRow & ADDRESS) + ${c} * VECTOR_BYTES, ORDER));
</#list>
        if (clamp) {
<#list 0..<C as c>
            s${r}_${c} = s${r}_${c}.max(0);
</#list>
        }
<#list 0..<C as c>
        s${r}_${c}.intoMemorySegment(ALL, (result + ${r} * resultRow & ADDRESS) + ${c} * VECTOR_BYTES, ORDER);
</#list>
</#macro>
<#list shapes as width, tiles>
<#assign V = width?number>
<@pp.changeOutputFile name="MatMulTiles" + V + ".java" />
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import static io.lanewise.kernels.simd.Memory.ADDRESS;
import static io.lanewise.kernels.simd.Memory.ALL;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

import org.agrona.UnsafeApi;

/**
 * Tiles of {@link PackedMatMul} over panels of ${V} vectors: {@code result = base + rows × panels}, clamped at 0 or not. Rows of all
 * three are so many bytes apart, and so are panels.
 */
final class MatMulTiles${V} {

    static final int VECTORS = ${V};

    /** A panel's row takes as many times the bytes of a float. */
    private static final int FLOATS_LOG2 = Integer.numberOfTrailingZeros(PANEL_BYTES / Float.BYTES);

    private MatMulTiles${V}() {}

    /** Returns how many panels a tile of all rows takes at once. */
    static int panels(int rows) {
        return switch (rows) {
<#list tiles as tile><#if (tile[1] > 1)>
            case ${tile[0]} -> ${tile[1]};
</#if></#list>
            default -> 1;
        };
    }

    static void run(int height, int panels, long result, long resultRow, long rows, long rowStep, long panel, long panelStep,
            long base, long baseRow, int depth, boolean clamp) {
        switch (height + 10 * panels) {
<#list tiles as tile>
            case ${tile[0] + 10 * tile[1]} -> tile${tile[0]}x${tile[1]}(result, resultRow, rows, rowStep, panel, panelStep, base, baseRow, depth, clamp);
</#list>
            default -> throw new IllegalArgumentException("no such tile: height=" + height + ", panels=" + panels);
        }
    }
<#list tiles as tile>
<#assign R = tile[0], P = tile[1], C = P * V>

    /** ${R} rows, ${P} panels. */
    static void tile${R}x${P}(long result, long resultRow, long rows, long rowStep, long panel, long panelStep, long base,
            long baseRow, int depth, boolean clamp) {
        long panel0 = panel & ADDRESS;
<#list 1..<P as p>
        long panel${p} = (panel${p - 1} + panelStep) & ADDRESS;
</#list>
        long row0 = rows;
<#list 1..<R as r>
        long row${r} = row${r - 1} + rowStep;
</#list>
<#list 0..<R as r><#list 0..<C as c>
        FloatVector s${r}_${c} = FloatVector.zero(SPECIES);
</#list></#list>
<#if C == 2 && R == 6>
        // Twelve accumulators in 16 registers: unrolled by C2, which this loop is, they fit; not unrolled, two are spilled.
        for (int i = 0; i < depth; i++) {
            long rowByte = (long) i * Float.BYTES;
            long panelByte = Integer.toUnsignedLong(i) * PANEL_BYTES;
<#else>
        // C2 does not unroll a loop of so large a stride; unrolled, small tiles are spilled.
        for (int i = 0; i < depth * PANEL_BYTES; i += PANEL_BYTES) {
            long panelByte = Integer.toUnsignedLong(i);
            long rowByte = panelByte >> FLOATS_LOG2;
</#if>
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
        }
<@turns R C {"base": "baseRow", "result": "resultRow"}; r><@store r C/></@turns>
    }
</#list>
}
</#list>
