<#--
  Sets y to eˣ with an error of at most 2 ulp of the power; 0 where that is below the smallest normal number. NaN stays NaN.

    x = n·ln 2 + r,  |r| ≤ ln 2 / 2      ln 2 in two parts, so that r is exact (Cody and Waite)
    eʳ = 1 + r + r²·P(r)                  P of degree 5 (Cephes expf)
    eˣ = eʳ·2ⁿ

  For any x, n is added to the exponent bits. Where no x is above 0, as in softmax, 2ⁿ is always a float: a product with it takes NaN
  along, and infinity cannot come out. Both are exact, and so equal to the last bit.
-->
<#macro exp y x>
<@root y x "ROUNDER"/>
            ${y} = ${y}.reinterpretAsInts().add(${y}e).reinterpretAsFloats();
            ${y} = ${y}.blend(0f, ${x}.compare(VectorOperators.LT, LOWEST));
            ${y} = ${y}.blend(Float.POSITIVE_INFINITY, ${x}.compare(VectorOperators.GT, HIGHEST));
            ${y} = ${y}.blend(${x}, ${x}.compare(VectorOperators.NE, ${x}));
</#macro>
<#macro expBelow0 y x>
<@root y x "BIASED_ROUNDER"/>
            ${y} = ${y}.mul(${y}e.reinterpretAsFloats()).blend(0f, ${x}.compare(VectorOperators.LT, LOWEST));
</#macro>
<#macro root y x rounder>
            FloatVector ${y}n = ${x}.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ${rounder}));
            IntVector ${y}e = ${y}n.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            ${y}n = ${y}n.sub(${rounder});
            FloatVector ${y}r = ${y}n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), ${x});
            ${y}r = ${y}n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), ${y}r);
            FloatVector ${y} = FloatVector.broadcast(SPECIES, 1.9875691500e-4f);
            ${y} = ${y}.fma(${y}r, FloatVector.broadcast(SPECIES, 1.3981999507e-3f));
            ${y} = ${y}.fma(${y}r, FloatVector.broadcast(SPECIES, 8.3334519073e-3f));
            ${y} = ${y}.fma(${y}r, FloatVector.broadcast(SPECIES, 4.1665795894e-2f));
            ${y} = ${y}.fma(${y}r, FloatVector.broadcast(SPECIES, 1.6666665459e-1f));
            ${y} = ${y}.fma(${y}r, FloatVector.broadcast(SPECIES, 5.0000001201e-1f));
            ${y} = ${y}.fma(${y}r.mul(${y}r), ${y}r).add(1f);
</#macro>
<#macro constants>
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final int EXPONENT_SHIFT = 23;

    /** Adding 1.5·2²³ rounds to an integer, which then stands in the low bits. */
    private static final float ROUNDER = 12582912f;

    /** The smallest number whose power is normal. */
    private static final float LOWEST = -87.33654f;
</#macro>
