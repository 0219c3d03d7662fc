<#--
  The innermost loops: tiles, which keep a block of results in registers. C2 gives a register to a local variable and not to an
  element of an array, so that a tile is as many lines as it has results; this template writes them for every height and width.
-->
<@pp.dropOutputFile />
<#macro zeros rows columns>
<#list 0..<rows as r><#list 0..<columns as c>
        FloatVector s${r}_${c} = FloatVector.zero(SPECIES);
</#list></#list>
</#macro>
<#macro imports>
package io.lanewise.kernels.simd;

import java.lang.foreign.MemorySegment;

import jdk.incubator.vector.FloatVector;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;

import io.lanewise.memory.Rows;
import org.agrona.UnsafeApi;
</#macro>
<#list [2, 4] as V>
<@pp.changeOutputFile name="ContextTiles" + V + ".java" />
<@imports/>

/** Tiles of {@link RowContext} that are ${V} vectors wide. */
final class ContextTiles${V} {

    static final int VECTORS = ${V};

    private ContextTiles${V}() {}

    static void run(int height, Rows context, Rows attention, Rows values, int row, int column) {
        switch (height) {
<#list 1..6 as R>
            case ${R} -> tile${R}(context, attention, values, row, column);
</#list>
            default -> throw new IllegalArgumentException("no such tile: height=" + height);
        }
    }
<#list 1..6 as R>

    /** ${R} rows; columns past the last vector repeat it. */
    static void tile${R}(Rows context, Rows attention, Rows values, int row, int column) {
        int keys = values.count();
        int last = context.width() - LANES;
        MemorySegment value = values.segment();
        long valueRow = RowBytes.stride(values);
<#list 0..<V as v>
        long column${v} = (long) Math.min(column + ${v} * LANES, last) * Float.BYTES;
        long value${v} = values.firstByte() + column${v};
</#list>
        long weight0 = attention.segment().address() + RowBytes.of(attention, row);
<#list 1..<R as r>
        long weight${r} = weight${r - 1} + RowBytes.stride(attention);
</#list>
<@zeros R V/>
        for (int key = 0; key < keys; key++) {
<#list 0..<V as v>
            FloatVector y${v} = FloatVector.fromMemorySegment(SPECIES, value, value${v} + key * valueRow, ORDER);
</#list>
<#list 0..<R as r>
            FloatVector x${r} = FloatVector.broadcast(SPECIES, UnsafeApi.getFloat(weight${r} + (long) key * Float.BYTES));
<#list 0..<V as v>
            s${r}_${v} = x${r}.fma(y${v}, s${r}_${v});
</#list></#list>
        }
        MemorySegment memory = context.segment();
        long target = RowBytes.of(context, row);
        long targetRow = RowBytes.stride(context);
        for (int r = 0; r < ${R}; r++) {
<#list 0..<V as v>
            s0_${v}.add(0f).intoMemorySegment(memory, target + column${v} + r * targetRow, ORDER);
<#list 1..<R as r>
            s${r - 1}_${v} = s${r}_${v};
</#list>
</#list>
        }
    }
</#list>
}
</#list>
