<#--
  Takes a power apart, e^(x − low) = 2ⁿ·(1 + p), and sets p and pe = 2ⁿ, or 2⁻⁶⁴ or 2⁶⁴ times that with a rounder that says so: then
  powers beyond what floats hold are still there, until something is done with them that brings them back. What is done with p rounds
  once where 1 + p would have rounded before.

    x − low = n·ln 2 + r,  |r| ≤ ln 2 / 2      ln 2 in two parts, so that x − n·(the greater) is exact (Cody and Waite)
    p = r + r²·P(r)                             P of degree 4, off by at most 0.06 · 2⁻²⁴ of the power

  The exponent of pe must be from −126 to 127, and one less than that makes pe 0.
-->
<#macro power p x low rounder>
            FloatVector ${p}n = ${x}.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ${rounder}));
            FloatVector ${p}e = ${p}n.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            ${p}n = ${p}n.sub(${rounder});
            FloatVector ${p}r = ${p}n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), ${x});
<#if low?has_content>
            ${p}r = ${p}r.sub(${p}n.fma(FloatVector.broadcast(SPECIES, LN2_LOW), ${low}));
<#else>
            ${p}r = ${p}n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), ${p}r);
</#if>
<@polynomial y=p x=p + "r" coefficients=["1.3942556e-3f", "8.368861e-3f", "4.166638e-2f", "1.666652e-1f", "0.5f"]/>
            ${p} = ${p}.fma(${p}r.mul(${p}r), ${p}r);
</#macro>
<#-- Sets y to a polynomial of x by Horner's rule, given the coefficient of the highest power first. -->
<#macro polynomial y x coefficients>
<#list coefficients as c>
<#if c?is_first>
            FloatVector ${y} = FloatVector.broadcast(SPECIES, ${c});
<#else>
            ${y} = ${y}.fma(${x}, FloatVector.broadcast(SPECIES, ${c}));
</#if>
</#list>
</#macro>
