package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.plan.Slot;

/**
 * {@code product + linear}, with or without an activation: the linear layer is added where the product stands, which nobody
 * else may read.
 */
final class RunningSum implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        if (!(root.op() instanceof Op.Add add) || !isOwnProduct(add.left(), graph)
                || !(add.right().op() instanceof Op.Linear linear) || graph.onlyReader(add.right()) == null) {
            return null;
        }
        return graph.onlyReader(root) instanceof Value reader && reader.op() instanceof Op.Activate activate
                ? Match.of(reader, List.of(add.right(), root),
                        steps -> make(steps, reader, add, linear, activate.activation(),
                                List.of("linear", "add", "activate")))
                : Match.of(root, List.of(add.right()),
                        steps -> make(steps, root, add, linear, Activation.NONE, List.of("linear", "add")));
    }

    private static boolean isOwnProduct(Value value, LoweringGraph graph) {
        return (value.op() instanceof Op.Linear || value.op() instanceof Op.Context) && graph.onlyReader(value) != null;
    }

    private static void make(StepWriter steps, Value result, Op.Add add, Op.Linear linear, Activation activation,
            List<String> absorbed) {
        Slot to = steps.slot(add.left());
        steps.add(LinearSteps.sum(steps, to, linear, activation, absorbed));
        steps.alias(result, to);
    }
}
