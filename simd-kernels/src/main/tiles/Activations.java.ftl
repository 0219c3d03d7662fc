<#--
  Activations, each as a loop over a row, and once more with its result multiplied by another row.
-->
<#include "/shared/exp.ftl">
<#include "/shared/power.ftl">
<#include "/shared/squash.ftl">
<#assign names = {
    "GELU": "gelu",
    "GELU_TANH": "geluTanh",
    "GELU_10": "gelu10",
    "QUICK_GELU": "quickGelu",
    "SILU": "silu",
    "MISH": "mish",
    "TANH": "tanh",
    "SIGMOID": "sigmoid",
    "LOG1P_RELU": "log1pRelu"
}>
<#-- Sets y to max(x, 0) − g: for g = |x|·F(−|x|) that is x·F(x) where F(x) + F(−x) = 1. Keeps −0. -->
<#macro mirrored y x g>
            FloatVector ${y} = ${x}.blend(-0f, ${x}.compare(VectorOperators.LT, 0f)).sub(${g});
</#macro>
<#-- Sets y to x·σ(z), given h − low = |z| and a = |x|, as long as those matter. Everything is 2⁻⁶⁴ times what it stands for. -->
<#macro weighed y x a h low>
<@power "p" h low "DOWN_ROUNDER"/>
<@mirrored y x a + ".div(pe.fma(p, FloatVector.broadcast(SPECIES, DOWN)).add(pe)).mul(DOWN)"/>
</#macro>
<#macro gelu y x>
<@magnitude "a" x "13.26f"/>
            FloatVector halved = a.mul(0.5f);
            FloatVector h = a.mul(-0.5f).mul(a);
            FloatVector low = halved.fma(a, h);
<@power "p" "h" "low" "BIASED_ROUNDER"/>
            FloatVector s = a.sub(1.7734375f).div(a.add(1.7734375f));
            FloatVector squared = s.mul(s);
<@polynomial y="w" x="s" coefficients=["-5.4228716e-5f", "-2.4661934e-3f"]/>
<@polynomial y="v" x="s" coefficients=["-3.8249823e-3f", "2.9339571e-3f"]/>
<@polynomial y="u" x="s" coefficients=["2.2100156e-2f", "9.972773e-3f"]/>
            w = squared.fma(FloatVector.broadcast(SPECIES, 9.175078e-4f), w);
            w = w.fma(squared, v).fma(squared, u);
            w = w.fma(s, FloatVector.broadcast(SPECIES, -1.4436902e-1f)).fma(s, FloatVector.broadcast(SPECIES, 1.8832774e-1f))
                    .fma(s, FloatVector.broadcast(SPECIES, 3.2541454e-1f));
<@mirrored y x "w.fma(p, w).mul(pe)"/>
            FloatVector square = ${x}.mul(${x});
<@polynomial y="near" x="square" coefficients=["9.7911085e-5f", "-1.1747408e-3f", "9.96953e-3f", "-6.648985e-2f", "3.9894226e-1f"]/>
            near = near.fma(${x}, FloatVector.broadcast(SPECIES, 0.5f)).mul(${x});
            ${y} = ${y}.blend(near, a.compare(VectorOperators.LT, 0.85f));
</#macro>
<#macro gelu10 y x>
<@gelu y x/>
            ${y} = ${y}.blend(10f, ${y}.compare(VectorOperators.GT, 10f));
</#macro>
<#macro geluTanh y x>
<@magnitude "a" x "11f"/>
            FloatVector minus = a.neg();
            FloatVector square = minus.mul(a);
            FloatVector squareLow = a.fma(a, square);
            FloatVector slope = square.fma(FloatVector.broadcast(SPECIES, -CUBIC), FloatVector.broadcast(SPECIES, LINEAR));
            FloatVector slopeLow = square.fma(FloatVector.broadcast(SPECIES, -CUBIC), slope.sub(LINEAR).neg());
            slopeLow = squareLow.fma(FloatVector.broadcast(SPECIES, CUBIC), slopeLow);
            slopeLow = square.fma(FloatVector.broadcast(SPECIES, -CUBIC_LOW), slopeLow.add(LINEAR_LOW));
            FloatVector h = a.mul(slope);
            FloatVector low = minus.fma(slopeLow, minus.fma(slope, h));
<@weighed y x "a" "h" "low"/>
</#macro>
<#macro quickGelu y x>
<@magnitude "a" x "66f"/>
            FloatVector h = a.mul(QUICK);
            FloatVector low = a.fma(FloatVector.broadcast(SPECIES, -QUICK), h);
            low = a.fma(FloatVector.broadcast(SPECIES, -QUICK_LOW), low);
<@weighed y x "a" "h" "low"/>
</#macro>
<#macro silu y x>
<@magnitude "a" x "110f"/>
<@weighed y x "a" "a" ""/>
</#macro>
<#-- With m = eˣ(eˣ + 2): above 0 x − 2x / (m + 2), below x·m / (m + 2), its power 2⁶⁴ times what it stands for. -->
<#macro mish y x>
            FloatVector h = ${x}.blend(-110f, ${x}.compare(VectorOperators.LT, -110f));
            h = h.blend(25f, h.compare(VectorOperators.GT, 25f));
<@power "p" "h" "" "UP_ROUNDER"/>
            FloatVector power = pe.mul(DOWN);
            power = power.fma(p, power);
            FloatVector more = power.add(2f);
            FloatVector part = h.fma(p, h);
            FloatVector lost = h.fma(p, h.sub(part));
            part = part.fma(power, lost.add(lost)).add(part.add(part)).mul(pe).mul(DOWN);
            part = part.blend(h.mul(-2f), ${x}.compare(VectorOperators.GT, 0f));
            part = part.div(power.fma(more, FloatVector.broadcast(SPECIES, 2f))).neg();
<@mirrored y x "part"/>
            ${y} = ${y}.blend(${x}, ${x}.compare(VectorOperators.EQ, 0f));
</#macro>
<#macro log1pRelu y x>
            FloatVector above = ${x}.blend(0f, ${x}.compare(VectorOperators.LT, 0f));
            FloatVector sum = above.add(1f);
            FloatVector lost = above.sub(sum.sub(1f)).div(sum);
            IntVector bits = sum.reinterpretAsInts();
            IntVector n = bits.sub(ROOT_HALF).lanewise(VectorOperators.ASHR, EXPONENT_SHIFT);
            FloatVector f = bits.sub(n.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)).reinterpretAsFloats().sub(1f);
            FloatVector exponent = n.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
<@polynomial y="p" x="f" coefficients=["-7.622862e-2f", "1.2908499e-1f", "-1.3244689e-1f", "1.4181219e-1f", "-1.6608763e-1f", "2.0002e-1f",
    "-2.50016e-1f", "3.3333325e-1f", "-4.9999988e-1f"]/>
            p = p.fma(f.mul(f), exponent.fma(FloatVector.broadcast(SPECIES, LN2_LOW), lost)).add(f);
            FloatVector ${y} = exponent.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), p);
            ${y} = ${y}.blend(above, above.sub(above).compare(VectorOperators.NE, 0f));
</#macro>
package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import io.lanewise.kernels.Activation;

import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.kernels.simd.SimdShape.VECTOR_BYTES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * Activations of a row that need more than an instruction or two, and the same times another row.
 *
 * <p>GELU is max(x, 0) − a·Q(a) with a = |x| and Q(a) = Φ(−a), of which nothing cancels, and near 0, where its roundings would add up,
 * a polynomial:
 *
 * <pre>
 *   a·Q(a) = e^(−a²/2) · W(s)           s = (a − k) / (a + k), the lower half of a² carried into the exponent
 *   x·Φ(x) = x·(½ + x·P(x²))            a &lt; 0.85
 * </pre>
 *
 * W goes from 0.24 to 1/√(2π), so that most of it is the constant term and roundings of s hardly count; k = 1.7734375 makes that term a
 * float to a hundredth of its last place. Worst of all floats 1.81 ulp, of GELU_TANH 1.99 (every fifth float), of the others in the
 * tests 2.9 (MISH) or less. The other activations are all x·σ(z): max(x, 0) − a / (1 + e^|z|), z in two floats.
 *
 * <p>Nanoseconds an element on Zen 3, 256 bits, shared with other work, medians (and minima) in L2: e to a power 0.60 (0.50), GELU 1.49
 * (1.19), GELU_TANH 1.42 (1.09), SILU 0.72 (0.51), QUICK_GELU 0.94 (0.72), SIGMOID 0.77 (0.61), TANH 0.80 (0.62), MISH 1.8 (1.2),
 * LOG1P_RELU 0.91 (0.71). With 16 registers most of GELU's thirty constants are read again for every vector. Tried and dropped:
 *
 * <ul>
 * <li>Without the polynomial near 0: 1.3 times as fast, and 3 ulp there.
 * <li>a·S(a / (a + k)) in the place of W(s): 3.5 to 7 ulp in the tail, and 3 near 0.
 * <li>W of degree 8: 2.04 ulp. W by Horner's rule all through: 1.06 to 1.12 times as long, its chain is the longest; pairs of its upper
 * terms cost no accuracy, since s³ is small where they are not.
 * <li>σ as e / (1 + e), with e from 0 to 1: a rounding more, 2.3 ulp for GELU_TANH.
 * </ul>
 */
final class Activations {

<@constants/>

    /** The largest number whose power is finite. */
    private static final float HIGHEST = 88.72283f;

    /** What stands in the low bits is then an exponent as floats store it. */
    private static final float BIASED_ROUNDER = ROUNDER + 127;

    /** The same, of 2⁻⁶⁴ and 2⁶⁴ times as much. */
    private static final float DOWN_ROUNDER = BIASED_ROUNDER - 64;
    private static final float UP_ROUNDER = BIASED_ROUNDER + 64;
    private static final float DOWN = 0x1p-64f;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    private static final int ROOT_HALF = Float.floatToRawIntBits(0.70710677f);

    /** 2√(2/π), its greater part of few bits, so that what a sum with it rounds off can be had exactly. */
    private static final float LINEAR = 1.59375f;
    private static final float LINEAR_LOW = 2.0191215e-3f;

    /** 2√(2/π) · 0.044715. */
    private static final float CUBIC = 7.1354814e-2f;
    private static final float CUBIC_LOW = 2.3988325e-9f;

    private static final float QUICK = 1.702f;
    private static final float QUICK_LOW = -2.193451e-8f;

    private Activations() {}

    static void run(Activation activation, long result, long row, int bytes) {
        switch (activation) {
<#list names as constant, name>
            case ${constant} -> ${name}(result, row, bytes);
</#list>
            default -> throw new IllegalArgumentException("no such loop: activation=" + activation);
        }
    }

    /** Computes {@code result = activation(row) · up}. */
    static void gate(Activation activation, long result, long row, long up, int bytes) {
        switch (activation) {
<#list names as constant, name>
            case ${constant} -> ${name}(result, row, up, bytes);
</#list>
            default -> throw new IllegalArgumentException("no such loop: activation=" + activation);
        }
    }
<#list names as constant, name><#list [false, true] as gated>

    private static void ${name}(long result, long row, <#if gated>long ups, </#if>int bytes) {
        long to = result & ADDRESS;
        long from = row & ADDRESS;
<#if gated>
        long up = ups & ADDRESS;
</#if>
        for (int at = 0; at < bytes; at += VECTOR_BYTES) {
            long here = Integer.toUnsignedLong(at);
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, from + here, ORDER);
<@.vars[name] "y" "x"/>
<#if gated>
            y = y.mul(FloatVector.fromMemorySegment(SPECIES, ALL, up + here, ORDER));
</#if>
            y.intoMemorySegment(ALL, to + here, ORDER);
        }
    }
</#list></#list>
}
