<#--
  Stores the rows of a tile, by what stands between the tags, in a loop of two halves, the odd row first. Written out, the
  stores of a large tile pass what C2 takes in one method, and it boxes some of the results.
-->
<#macro halves rows columns advance>
<#local half = (rows / 2)?floor, odd = rows % 2>
<#if odd == 1>
<#nested 0>
</#if>
<#if (half > 0)>
        for (int half = 0; half < 2; half++) {
<#list 0..<half as r>
<#nested odd + r>
</#list>
<#list 0..<half as r><#list 0..<columns as c>
            s${odd + r}_${c} = s${odd + half + r}_${c};
</#list></#list>
<#list advance as place, row>
            ${place} += ${half} * ${row};
</#list>
        }
</#if>
</#macro>
