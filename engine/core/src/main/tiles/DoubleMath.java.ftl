<#--
  The loops of FloatMath with double in the place of float: what would round to a float is left as it is.
-->
<#assign loops = pp.loadData("text", "../java/io/lanewise/reference/FloatMath.java", "UTF-8")>
${loops
    ?replace("(float) ", "")
    ?replace("float", "double")
    ?replace("Float", "Double")
    ?replace(r"(\d)f\b", "$1", "r")}
