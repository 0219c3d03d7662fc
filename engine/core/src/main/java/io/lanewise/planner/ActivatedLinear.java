package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.Slot;

/** {@code activate(linear)}: the function is applied while the product's rows are still in registers. */
final class ActivatedLinear implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Activate activate && activate.x().op() instanceof Op.Linear linear
                && graph.onlyReader(activate.x()) == root
                        ? Match.of(root, List.of(activate.x()), steps -> make(steps, root, activate, linear))
                        : null;
    }

    private static void make(StepWriter steps, Value root, Op.Activate activate, Op.Linear linear) {
        Slot to = steps.make(root, steps.wantedLayout(root));
        steps.add(LinearSteps.product(steps, to, linear, activate.activation(), List.of("linear", "activate")));
    }
}
