<#--
  Sums the lanes of a vector, halves folded onto each other, so that every lane holds the sum. reduceLanes would be shorter, but
  adds in one order when compiled and in another before that, so that the bits of an answer would change while the JVM warms up.
  The fold stands in every method, because as a method of its own, with a vector as its parameter, it is not always inlined,
  and then boxes that vector.
-->
<#macro foldLanes sum>
        if (LANES >= 16) {
            ${sum} = ${sum}.add(${sum}.rearrange(FOLD_8));
        }
        if (LANES >= 8) {
            ${sum} = ${sum}.add(${sum}.rearrange(FOLD_4));
        }
        ${sum} = ${sum}.add(${sum}.rearrange(FOLD_2));
        ${sum} = ${sum}.add(${sum}.rearrange(FOLD_1));
</#macro>
<#-- Sums the four partial sums of a row, then their lanes. -->
<#macro fold sum>
        ${sum}0 = ${sum}0.add(${sum}1).add(${sum}2.add(${sum}3));
<@foldLanes sum + "0"/>
</#macro>
<#macro shuffles>
<#list [8, 4, 2, 1] as D>
    private static final VectorShuffle<Float> FOLD_${D} = VectorShuffle.fromOp(SPECIES, lane -> (lane + ${D}) % LANES);
</#list>
</#macro>
