package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.GateStep;
import io.lanewise.plan.Slot;

/** {@code activate(x) · y}: the gate of a gated feed-forward. */
final class GatedActivation implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Multiply multiply && multiply.left().op() instanceof Op.Activate activate
                && graph.onlyReader(multiply.left()) == root
                        ? Match.of(root, List.of(multiply.left()), steps -> make(steps, root, multiply, activate))
                        : null;
    }

    private static void make(StepWriter steps, Value root, Op.Multiply multiply, Op.Activate activate) {
        Slot gate = steps.slot(activate.x());
        steps.add(new GateStep(steps.makeLike(root, gate), gate, steps.slot(multiply.right()), activate.activation()));
    }
}
