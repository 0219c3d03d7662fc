package io.lanewise.planner;

import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Slot;
import io.lanewise.plan.ZeroRows;

/**
 * The ops between queries, keys and values and their context. Scores and softmax stand nowhere; each context makes its own.
 *
 * @param context what the last of the ops computes
 */
record Attention(Value context, Op.Context weighing, Op.MaskedSoftmax softmax, Op.Scores scores) {

    /** Returns the ops that lead to a value, or null if it is no context, or of something else than softmaxed scores. */
    static Attention of(Value value) {
        return value.op() instanceof Op.Context weighing
                && weighing.attention().op() instanceof Op.MaskedSoftmax softmax
                && softmax.scores().op() instanceof Op.Scores scores
                        ? new Attention(value, weighing, softmax, scores)
                        : null;
    }

    HeadShape heads() {
        Shape.Rows queries = scores.queries().rows();
        return new HeadShape(queries.heads(), queries.headDim(), queries.split());
    }

    boolean keyMask() {
        return softmax.keyPadding() != null;
    }

    boolean queryMask() {
        return softmax.queryPadding() != null;
    }

    /** Makes all of it one step; heads of zeros are left out where no map is to show them. */
    AttendStep inTiles(StepWriter steps) {
        Slot to = steps.make(context);
        String map = steps.attentionOutput(context);
        ZeroRows zeros = steps.zeroRows(context);
        return new AttendStep(to, steps.slot(scores.queries()), steps.slot(scores.keys()),
                steps.slot(weighing.values()), heads(), scores.scale(), keyMask(), queryMask(), softmax.order(),
                map == null && zeros.groups() > 1 ? zeros : ZeroRows.NONE, map);
    }
}
