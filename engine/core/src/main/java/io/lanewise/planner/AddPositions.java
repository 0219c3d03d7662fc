package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.PositionsStep;
import io.lanewise.plan.Slot;

/** {@code x + gather(table, positions)}: three ops that make sense together alone; a step counts the positions as it goes. */
final class AddPositions implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Add add && add.right().op() instanceof Op.Gather gather
                && gather.indices().op() instanceof Op.Positions
                        ? Match.of(root, List.of(), steps -> make(steps, root, add.left(), gather))
                        : null;
    }

    private static void make(StepWriter steps, Value root, Value x, Op.Gather gather) {
        Slot from = steps.plain(x);
        Slot to = steps.make(root, from.layout());
        steps.add(new PositionsStep(to, from, gather.table().constant()));
    }
}
