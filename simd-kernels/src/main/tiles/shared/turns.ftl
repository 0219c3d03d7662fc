<#--
  Stores the rows of a tile, by what stands between the tags, a few rows a turn of a loop; an odd row goes first. Written out, the
  stores of a large tile pass what C1 can take in one method ("out of virtual registers"): the method is then interpreted for
  seconds or, in one run of a JVM, for good.
-->
<#macro turns rows columns advance>
<#local few = (rows == 3)?then(1, (rows / 2)?floor)>
<#local first = (few == 0)?then(1, rows % few)>
<#list 0..<first as r>
<#nested r>
</#list>
<#if (few > 0)>
        for (int turn = 0; turn < ${(rows / few)?floor}; turn++) {
<#list 0..<few as r>
<#nested first + r>
</#list>
<#list (first + few)..<rows as r><#list 0..<columns as c>
            s${r - few}_${c} = s${r}_${c};
</#list></#list>
<#list advance as place, step>
            ${place} += ${few} * ${step};
</#list>
        }
</#if>
</#macro>
