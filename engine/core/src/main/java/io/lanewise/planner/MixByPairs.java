package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.ContextStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.ScoresStep;
import io.lanewise.plan.Slot;

/** {@code context(pairs, y)} of a matrix of pairs that an input brings, or of scores, kept whole. */
final class MixByPairs implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Context context && isPairs(context.attention().op())
                ? Match.of(root, List.of(), steps -> make(steps, root, context))
                : null;
    }

    private static boolean isPairs(Op op) {
        return op instanceof Op.PairInput || op instanceof Op.Scores scores && scores.queries().rows().heads() == 1;
    }

    private static void make(StepWriter steps, Value root, Op.Context context) {
        Slot pairs = switch (context.attention().op()) {
            case Op.Scores scores -> scores(steps, scores, context.attention().pairs());
            default -> steps.slot(context.attention());
        };
        Slot values = steps.plain(context.values());
        HeadShape whole = new HeadShape(1, context.values().rows().features(), HeadSplit.COLUMNS);
        steps.add(new ContextStep(steps.make(root), pairs, values, whole, false));
    }

    private static Slot scores(StepWriter steps, Op.Scores scores, Shape.Pairs pairs) {
        Slot queries = steps.plain(scores.queries());
        Slot keys = steps.plain(scores.keys());
        Slot whole = steps.slots().makeScores(pairs);
        HeadShape one = new HeadShape(1, scores.queries().rows().features(), HeadSplit.COLUMNS);
        steps.add(new ScoresStep(whole, queries, keys, one, scores.scale()));
        return whole;
    }
}
