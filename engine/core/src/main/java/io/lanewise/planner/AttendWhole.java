package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.ContextStep;
import io.lanewise.plan.ScoresStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.SoftmaxStep;

/** {@code context(softmax(scores))}: a step for each op, scores kept whole in between. */
final class AttendWhole implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        Attention attention = Attention.of(root);
        return attention == null || !attention.isPlain()
                ? null
                : Match.of(root, List.of(), steps -> make(steps, attention));
    }

    private static void make(StepWriter steps, Attention attention) {
        Op.Scores scores = attention.scores();
        Op.MaskedSoftmax softmax = attention.softmax();
        Slot to = steps.make(attention.context());
        Slot whole = steps.slots().makeScores(softmax.scores().pairs());
        steps.add(new ScoresStep(whole, steps.slot(scores.queries()), steps.slot(scores.keys()), attention.heads(),
                scores.scale()));
        steps.add(new SoftmaxStep(whole, whole, attention.heads(), attention.keyMask(), attention.queryMask(),
                softmax.order(), steps.attentionOutput(attention.context())));
        steps.add(new ContextStep(to, whole, steps.slot(attention.weighing().values()), attention.heads(),
                attention.queryMask()));
    }
}
