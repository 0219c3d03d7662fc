<#--
  Chains of multiply-adds in registers: a local variable each, because C2 keeps no element of an array in one.
-->
package io.lanewise.bench.probe;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FmaProbe}: so many independent chains of {@code a = x · y + a}. */
final class FmaChains {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private FmaChains() {}
<#list [12, 16, 24] as N>

    /** Runs ${N} chains and returns the sum of what they come to, which somebody has to read. */
    static float chains${N}(int steps, float first, float second) {
        FloatVector x = FloatVector.broadcast(SPECIES, first);
        FloatVector y = FloatVector.broadcast(SPECIES, second);
<#list 0..<N as a>
        FloatVector a${a} = x.add(${a});
</#list>
        for (int step = 0; step < steps; step++) {
<#list 0..<N as a>
            a${a} = x.fma(y, a${a});
</#list>
        }
<#list 1..<N as a>
        a0 = a0.add(a${a});
</#list>
        return a0.reduceLanes(VectorOperators.ADD);
    }
</#list>
}
