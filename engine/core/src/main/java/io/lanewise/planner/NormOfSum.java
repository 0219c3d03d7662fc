package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** {@code layer-norm(x + y)}: the residual is added on the way into the norm. */
final class NormOfSum implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.LayerNorm norm && norm.x().op() instanceof Op.Add sum
                && graph.onlyReader(norm.x()) == root
                        ? Match.of(root, List.of(norm.x()),
                                steps -> steps.add(NormSteps.normOfSum(steps, root, norm, sum)))
                        : null;
    }
}
