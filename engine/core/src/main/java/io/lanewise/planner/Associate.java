package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.AssociateStep;

/** {@code context(scores(x, x), y)} of one head: {@code (x xᵀ) y}, which a step associates as takes least. */
final class Associate implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Context context && context.attention().op() instanceof Op.Scores scores
                && scores.queries() == scores.keys() && scores.scale() == 1
                && scores.queries().rows().heads() == 1
                && scores.queries().rows().length().kind() == Length.Kind.TRIMMED
                        ? Match.of(root, List.of(), steps -> make(steps, root, context, scores))
                        : null;
    }

    private static void make(StepWriter steps, Value root, Op.Context context, Op.Scores scores) {
        steps.add(new AssociateStep(steps.make(root), steps.plain(scores.queries()), steps.plain(context.values())));
    }
}
