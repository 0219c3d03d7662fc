<#--
  Passes over the gates of a row, each a loop of one function.
-->
package io.lanewise.kernels.simd;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

import io.lanewise.memory.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

<#include "/shared/exp.ftl">
<#include "/shared/power.ftl">
<#include "/shared/squash.ftl">
<#macro load name address>FloatVector ${name} = FloatVector.fromMemorySegment(SPECIES, ALL, ${address} + here, ORDER)</#macro>
<#macro row names>
<#list names as name>
        long ${name} = ${name}Address & ADDRESS;
</#list>
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
<#nested>
        }
</#macro>
/**
 * The cells of recurrences, row by row: gates squashed in passes of one function each, since all of a cell would be more vector calls
 * than C1 takes in one method (see {@link PackedMatMul}); a row's gates stay in L1.
 *
 * <p>Cells of padding are 0 as long as the state's are: gates of ½ and a candidate of 0 make 0 of 0.
 */
final class RecurrentCells {

<@constants/>
    /** The largest number whose power is finite. */
    private static final float HIGHEST = 88.72283f;
    /** What stands in the low bits is then an exponent as floats store it. */
    private static final float BIASED_ROUNDER = ROUNDER + 127;

    private RecurrentCells() {}

    static void gru(Rows state, Rows products, Rows gates, int gate) {
        int bytes = gate * Float.BYTES;
        long states = state.address();
        long inputs = products.address();
        long resets = gates.address();
        for (int row = 0; row < state.count(); row++) {
            long h = states + row * state.strideBytes();
            long x = inputs + row * products.strideBytes();
            long r = resets + row * gates.strideBytes();
            sigmoidOfSum(r, x, 2 * bytes);
            candidate(r + 2L * bytes, x + 2L * bytes, r, bytes);
            blend(h, r + bytes, r + 2L * bytes, bytes);
        }
    }

    static void lstm(Rows state, Rows memory, Rows products, Rows gates, int gate) {
        int bytes = gate * Float.BYTES;
        long states = state.address();
        long memories = memory.address();
        long inputs = products.address();
        long ins = gates.address();
        for (int row = 0; row < state.count(); row++) {
            long h = states + row * state.strideBytes();
            long c = memories + row * memory.strideBytes();
            long x = inputs + row * products.strideBytes();
            long i = ins + row * gates.strideBytes();
            sigmoidOfSum(i, x, 2 * bytes);
            tanhOfSum(i + 2L * bytes, x + 2L * bytes, bytes);
            sigmoidOfSum(i + 3L * bytes, x + 3L * bytes, bytes);
            remember(c, i, i + bytes, i + 2L * bytes, bytes);
            tell(h, i + 3L * bytes, c, bytes);
        }
    }

    /** Computes {@code gate = σ(x + gate)}. */
    private static void sigmoidOfSum(long gateAddress, long xAddress, int bytes) {
<@row ["gate", "x"]>
            <@load "sum" "x"/>;
            <@load "other" "gate"/>;
            sum = sum.add(other);
<@sigmoid "y" "sum"/>
            y.intoMemorySegment(ALL, gate + here, ORDER);
</@row>
    }

    /** Computes {@code gate = tanh(x + gate)}. */
    private static void tanhOfSum(long gateAddress, long xAddress, int bytes) {
<@row ["gate", "x"]>
            <@load "sum" "x"/>;
            <@load "other" "gate"/>;
            sum = sum.add(other);
<@tanh "y" "sum"/>
            y.intoMemorySegment(ALL, gate + here, ORDER);
</@row>
    }

    /** Computes {@code n = tanh(x + r · n)}. */
    private static void candidate(long nAddress, long xAddress, long rAddress, int bytes) {
<@row ["n", "x", "r"]>
            <@load "sum" "x"/>;
            <@load "reset" "r"/>;
            <@load "product" "n"/>;
            sum = reset.fma(product, sum);
<@tanh "y" "sum"/>
            y.intoMemorySegment(ALL, n + here, ORDER);
</@row>
    }

    /** Computes {@code h = (1 − z) · n + z · h}. */
    private static void blend(long hAddress, long zAddress, long nAddress, int bytes) {
<@row ["h", "z", "n"]>
            <@load "update" "z"/>;
            <@load "old" "h"/>;
            <@load "fresh" "n"/>;
            update.neg().add(1f).fma(fresh, update.mul(old)).intoMemorySegment(ALL, h + here, ORDER);
</@row>
    }

    /** Computes {@code c = f · c + i · g}. */
    private static void remember(long cAddress, long iAddress, long fAddress, long gAddress, int bytes) {
<@row ["c", "i", "f", "g"]>
            <@load "in" "i"/>;
            <@load "keep" "f"/>;
            <@load "old" "c"/>;
            <@load "fresh" "g"/>;
            in.fma(fresh, keep.mul(old)).intoMemorySegment(ALL, c + here, ORDER);
</@row>
    }

    /** Computes {@code h = o · tanh(c)}. */
    private static void tell(long toAddress, long oAddress, long cAddress, int bytes) {
<@row ["to", "o", "c"]>
            <@load "cell" "c"/>;
            <@load "out" "o"/>;
<@tanh "y" "cell"/>
            y.mul(out).intoMemorySegment(ALL, to + here, ORDER);
</@row>
    }
}
