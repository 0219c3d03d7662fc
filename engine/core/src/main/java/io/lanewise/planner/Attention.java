package io.lanewise.planner;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.ScoreTerms;
import io.lanewise.plan.Slot;
import io.lanewise.plan.ZeroRows;

/**
 * The ops between queries, keys and values and their context. Scores and softmax stand nowhere; each context makes its own.
 *
 * @param context what the last of the ops computes
 * @param terms what becomes of the scores before the softmax
 */
record Attention(Value context, Op.Context weighing, Op.MaskedSoftmax softmax, Op.Scores scores, ScoreTerms terms) {

    /** Returns the ops that lead to a value, or null if it is no context, or of something else than softmaxed scores. */
    static Attention of(Value value) {
        return value.op() instanceof Op.Context weighing
                && weighing.attention().op() instanceof Op.MaskedSoftmax softmax
                        ? of(value, weighing, softmax, softmax.scores().op(), ScoreTerms.NONE)
                        : null;
    }

    /** Follows what is done to scores back to the scores themselves; each term may come once, in the order of {@link ScoreTerms}. */
    private static Attention of(Value value, Op.Context weighing, Op.MaskedSoftmax softmax, Op op, ScoreTerms terms) {
        return switch (op) {
            case Op.Scores scores -> new Attention(value, weighing, softmax, scores, terms);
            case Op.Window window when terms.equals(ScoreTerms.NONE) ->
                of(value, weighing, softmax, window.scores().op(),
                        new ScoreTerms(null, window.before(), window.after(), null, window.queries()));
            case Op.Biased biased when terms.diagonals() == null && terms.relative() == null ->
                of(value, weighing, softmax, biased.scores().op(), new ScoreTerms(biased.diagonals().constant(),
                        terms.before(), terms.after(), null, biased.queries()));
            case Op.Disentangled relative when terms.relative() == null ->
                of(value, weighing, softmax, relative.scores().op(), new ScoreTerms(terms.diagonals(), terms.before(),
                        terms.after(), relative(relative), relative.queries()));
            default -> null;
        };
    }

    private static ScoreTerms.Relative relative(Op.Disentangled op) {
        return new ScoreTerms.Relative(StepWriter.constant(op.keyTable()), StepWriter.constant(op.queryTable()),
                op.buckets(), op.scale());
    }

    HeadShape heads() {
        Shape.Rows queries = scores.queries().rows();
        return new HeadShape(queries.heads(), queries.headDim(), queries.split());
    }

    private HeadShape keyHeads() {
        Shape.Rows keys = scores.keys().rows();
        return keys.heads() == scores.queries().rows().heads() || keys.split() == HeadSplit.SHARED
                ? heads()
                : new HeadShape(keys.heads(), keys.headDim(), keys.split());
    }

    /** Says whether scores are as they come, and keys as many heads as queries. */
    boolean isPlain() {
        return terms.areNone() && keyHeads().equals(heads());
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
                steps.slot(weighing.values()), heads(), keyHeads(), scores.scale(), terms, keyMask(), queryMask(),
                softmax.order(),
                map == null && zeros.groups() > 1 ? zeros : ZeroRows.NONE, map);
    }
}
