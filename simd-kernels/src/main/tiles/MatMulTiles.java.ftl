<#--
  Tiles of a matrix product, of every height and width: C2 keeps a local variable in a register, not an element of an array.
-->
<@pp.dropOutputFile />
<#-- By class: rows and panels of each tile that writes a result, of each that adds to one, and of each that reads ahead. -->
<#assign shapes = {
    "MatMulTiles2": {
        "tile": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1], [6, 1]],
        "ahead": [[4, 1], [6, 1]]
    },
    "MatMulTiles4": {
        "tile": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1]],
        "more": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1]]
    },
    "Bf16Tiles2": {
        "tile": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1], [6, 1]]
    },
    "Bf16Tiles4": {
        "tile": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1]]
    },
    "Int8Tiles2": {
        "tile": [[1, 4], [2, 2], [1, 1], [2, 1], [3, 1], [4, 1]]
    },
    "Int8Tiles4": {
        "tile": [[1, 2], [1, 1], [2, 1], [3, 1], [4, 1]]
    }
}>
<#macro row r d=0>FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT_UNALIGNED, row${r} + rowByte<#if d != 0> + ${d} * Float.BYTES</#if>))</#macro>
<#macro panel v V>FloatVector.fromMemorySegment(SPECIES, ALL, panel${(v / V)?floor} + panelByte<#if v % V != 0> + ${v % V} * VECTOR_BYTES</#if>, ORDER)</#macro>
<#-- A vector of a panel of BF16: the first half of them are lower halves of what is loaded, the others upper ones. -->
<#macro widen c V>
<#local pair = c % V % (V / 2)?int, word = "w" + (c / V)?int + "_" + pair>
<#if c % V < V / 2>
            IntVector ${word} = IntVector.fromMemorySegment(INTS, ALL, panel${(c / V)?int} + panelByte<#if pair != 0> + ${pair} * VECTOR_BYTES</#if>, ORDER);
            FloatVector y${c} = ${word}.lanewise(LSHL, 16).reinterpretAsFloats();
<#else>
            FloatVector y${c} = ${word}.and(upper).reinterpretAsFloats();
</#if>
</#macro>
<#-- A vector of a panel of INT8: a byte of each int that is loaded, of one depth after the other. -->
<#macro quarter c V d>
<#local byte = d * V + c % V, quad = "w" + (c / V)?int>
<#if byte == 0>
            IntVector ${quad} = IntVector.fromMemorySegment(INTS, ALL, panel${(c / V)?int} + panelByte, ORDER);
</#if>
            FloatVector y${c}<#if d != 0>_${d}</#if> = (FloatVector) ${quad}<#if byte != 3>.lanewise(LSHL, ${24 - 8 * byte})</#if>.lanewise(ASHR, 24).convert(I2F, 0);
</#macro>
<#macro load c V d=0><#if isBf16><@widen c V/><#elseif isInt8><@quarter c V d/><#else>
            FloatVector y${c} = <@panel c V/>;
</#if></#macro>
<#macro cell address c>FloatVector.fromMemorySegment(SPECIES, ALL, ${address} + ${c} * VECTOR_BYTES, ORDER)</#macro>
<#list shapes as name, kinds>
<#assign V = name?keep_after("Tiles")?number, isBf16 = name?starts_with("Bf16"), isInt8 = name?starts_with("Int8"), isNarrow = isBf16 || isInt8>
<#-- Depths that one load of a panel has. -->
<#assign D = isInt8?then(4 / V, 1)>
<#-- Whether a tile reads what it adds to for each of its rows, so that it may be a result; or for all of them, a bias. -->
<#assign byRow = !(kinds["more"]??)>
<@pp.changeOutputFile name=name + ".java" />
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
<#if isNarrow>
import jdk.incubator.vector.IntVector;
</#if>

<#if isNarrow>
import static io.lanewise.kernels.simd.SimdShape.INTS;
</#if>
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.PANEL_BYTES;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
<#if kinds["ahead"]??>
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
</#if>
<#if isInt8>
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
</#if>
<#if isNarrow>
import static jdk.incubator.vector.VectorOperators.LSHL;
</#if>

/**
 * Tiles of {@link ${isNarrow?then("Narrow", "Packed")}MatMul} over panels of ${V} vectors: {@code result = rows × panels + bias}, or, for more depth,
 * {@code result += rows × panels}. Rows are so many bytes apart, and so are panels.<#if byRow> What is added is one or the other.</#if>
<#if kinds["ahead"]??>
 *
 * <p>Some tiles read ahead, as {@link StreamedMatMul} tells: for every row of a panel four bytes, the step apart. They return the
 * sum of what they read, so that C2 does not leave it out.
</#if>
 */
final class ${name} {

    static final int VECTORS = ${V};

    /** A panel's row takes as many times the bytes of a float<#if isNarrow>, were it of floats</#if>. */
    private static final int FLOATS_LOG2 = Integer.numberOfTrailingZeros(PANEL_BYTES / Float.BYTES);

    private ${name}() {}

    /** Returns how many panels a tile of all rows takes at once. */
    static int panels(int rows) {
        return switch (rows) {
<#list kinds["tile"] as tile><#if (tile[1] > 1)>
            case ${tile[0]} -> ${tile[1]};
</#if></#list>
            default -> 1;
        };
    }
<#list kinds as kind, tiles>
<#assign isAhead = kind == "ahead", type = isAhead?then("int", "void")>

    static ${type} ${kind}(int height, <#if !isAhead>int panels, </#if>long result, long resultRow, long rows, long rowStep, long panel, <#if !isAhead>long panelStep,
            </#if><#if byRow>long addend, long addendRow, <#if isInt8>long scales, </#if><#elseif kind == "tile">long addend, </#if>int depth<#if isAhead>, long ahead, int aheadStep</#if>) {
        <#if isAhead>return </#if>switch (height<#if !isAhead> + 10 * panels</#if>) {
<#list tiles as tile>
            case ${tile[0] + isAhead?then(0, 10 * tile[1])} -> ${kind}${tile[0]}x${tile[1]}(result, resultRow, rows, rowStep, panel, <#if !isAhead>panelStep, </#if><#if byRow>addend, addendRow, <#if isInt8>scales, </#if><#elseif kind == "tile">addend, </#if>depth<#if isAhead>, ahead, aheadStep</#if>);
</#list>
<#if isAhead>
            default -> {
                tile(height, 1, result, resultRow, rows, rowStep, panel, 0, addend, addendRow, depth);
                yield 0;
            }
        };
<#else>
            default -> throw new IllegalArgumentException("no such tile: height=" + height + ", panels=" + panels);
        }
</#if>
    }
<#list tiles as tile>
<#assign R = tile[0], P = tile[1], C = P * V, columns = []>
<#-- Of BF16 the two vectors that one load gives come one after the other. -->
<#list 0..<C as c><#assign columns += [isBf16?then((c / V)?int * V + c % 2 * (V / 2) + (c % V / 2)?int, c)]></#list>

    /** ${R} rows, ${P} panels. */
    private static ${type} ${kind}${R}x${P}(long result, long resultRow, long rows, long rowStep, long panel, <#if !isAhead>long panelStep,
            </#if><#if byRow>long addend, long addendRow, <#if isInt8>long scales, </#if><#elseif kind == "tile">long addend, </#if>int depth<#if isAhead>, long ahead, int aheadStep</#if>) {
        if (depth == 0) {
            return<#if isAhead> 0</#if>; // a call that counts and costs nothing: see KernelTrial
        }
        long panel0 = panel & ADDRESS;
<#list 1..<P as p>
        long panel${p} = (panel${p - 1} + panelStep) & ADDRESS;
</#list>
        long row0 = rows & ADDRESS;
<#list 1..<R as r>
        long row${r} = (row${r - 1} + rowStep) & ADDRESS;
</#list>
<#if isBf16>
        IntVector upper = IntVector.broadcast(INTS, 0xFFFF_0000);
</#if>
        FloatVector start = FloatVector.zero(SPECIES);
<#list 0..<R as r><#list 0..<C as c>
        FloatVector s${r}_${c} = start;
</#list></#list>
<#if isAhead>
        long next = ahead & ADDRESS;
        int nextByte = 0;
        int read = 0;
</#if>
<#if C == 2 && R == 6>
        // Twelve accumulators in 16 registers: unrolled by C2, which this loop is, they fit; not unrolled, two are spilled.
        for (int i = 0; i < depth; i++) {
            long rowByte = Integer.toUnsignedLong(i) * Float.BYTES;
            long panelByte = Integer.toUnsignedLong(i) * <#if isBf16>(PANEL_BYTES / 2)<#else>PANEL_BYTES</#if>;
<#else>
        // C2 does not unroll a loop of so large a stride; unrolled, small tiles are spilled.
        for (int i = 0; i < depth * PANEL_BYTES; i += <#if D != 1>${D} * </#if>PANEL_BYTES) {
            long panelByte = Integer.toUnsignedLong(i)<#if isBf16> >> 1<#elseif isInt8> >> 2</#if>;
            long rowByte = Integer.toUnsignedLong(i) >> FLOATS_LOG2;
</#if>
<#list 0..<D as d>
<#assign at = (d == 0)?then("", "_" + d)>
<#if (R < C)>
<#list 0..<R as r>
            FloatVector x${r}${at} = <@row r d/>;
</#list>
<#list columns as c>
<@load c V d/>
<#list 0..<R as r>
            s${r}_${c} = x${r}${at}.fma(y${c}${at}, s${r}_${c});
</#list></#list>
<#else>
<#list columns as c>
<@load c V d/>
</#list>
<#list 0..<R as r>
            FloatVector x${r}${at} = <@row r d/>;
<#list 0..<C as c>
            s${r}_${c} = x${r}${at}.fma(y${c}${at}, s${r}_${c});
</#list></#list>
</#if>
</#list>
<#if isAhead>
            read += ALL.get(JAVA_INT_UNALIGNED, next + Integer.toUnsignedLong(nextByte));
            nextByte += aheadStep;
</#if>
        }
<#if kind == "tile" && !byRow>
        long added = addend & ADDRESS;
<#list 0..<C as c>
        FloatVector added${c} = <@cell "added" c/>;
</#list>
</#if>
<#if isInt8>
        long scale = scales & ADDRESS;
<#list 0..<C as c>
        FloatVector scale${c} = <@cell "scale" c/>;
</#list>
</#if>
<#list 0..<R as r>
        long result${r} = (result + ${r} * resultRow) & ADDRESS;
<#if byRow>
        long added${r} = (addend + ${r} * addendRow) & ADDRESS;
</#if>
<#list 0..<C as c>
        s${r}_${c}.<#if isInt8>fma(scale${c}, <#else>add(</#if><#if byRow><@cell "added" + r c/><#elseif kind == "tile">added${c}<#else><@cell "result" + r c/></#if>).intoMemorySegment(ALL, result${r} + ${c} * VECTOR_BYTES, ORDER);
</#list></#list>
<#if isAhead>
        return read;
</#if>
    }
</#list></#list>
}
</#list>
