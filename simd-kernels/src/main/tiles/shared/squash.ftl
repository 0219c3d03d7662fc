<#--
  Functions from all numbers to a few; exp.ftl and power.ftl must be there. Names within are those of the macro: two of a kind in one
  method need a block each.
-->
<#-- Sets a to |x|, or to a limit from which on nothing changes; NaN stays NaN. max and min of vectors look at signs of zero. -->
<#macro magnitude a x limit>
            FloatVector ${a} = ${x}.abs();
            ${a} = ${a}.blend(${limit}, ${a}.compare(VectorOperators.GT, ${limit}));
</#macro>
<#macro tanh y x>
<@magnitude "a" x "10f"/>
            FloatVector h = a.add(a);
<@power "p" "h" "" "BIASED_ROUNDER"/>
            FloatVector less = pe.fma(p, pe.sub(1f));
            FloatVector ${y} = less.div(less.add(2f));
            ${y} = ${y}.blend(${y}.neg(), ${x}.compare(VectorOperators.LT, 0f)).blend(${x}, ${x}.compare(VectorOperators.EQ, 0f));
</#macro>
<#macro sigmoid y x>
            FloatVector minus = ${x}.neg();
<@exp "power" "minus"/>
            FloatVector ${y} = FloatVector.broadcast(SPECIES, 1f).div(power.add(1f));
</#macro>
