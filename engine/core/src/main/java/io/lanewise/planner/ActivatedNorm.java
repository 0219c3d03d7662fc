package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** {@code activate(layer-norm(x))}: the function is applied to rows of the norm before they leave the cache. */
final class ActivatedNorm implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Activate activate && activate.x().op() instanceof Op.LayerNorm norm
                && graph.onlyReader(activate.x()) == root
                        ? Match.of(root, List.of(activate.x()),
                                steps -> steps.add(NormSteps.activated(steps, root, norm, activate.activation())))
                        : null;
    }
}
