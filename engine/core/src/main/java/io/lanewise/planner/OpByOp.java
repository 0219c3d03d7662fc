package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.RowLayout;
import io.lanewise.plan.ActivateStep;
import io.lanewise.plan.AddStep;
import io.lanewise.plan.GateStep;
import io.lanewise.plan.HeadMatMulStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.NormalizeStep;
import io.lanewise.plan.PoolStep;
import io.lanewise.plan.RelayoutStep;
import io.lanewise.plan.RmsNormStep;
import io.lanewise.plan.RotateStep;
import io.lanewise.plan.SelectStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.WeightRef;

/** Any op by itself: a step, or another name for where its operand stands. A new op is a case here. */
final class OpByOp implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return Match.of(root, List.of(), steps -> make(steps, root));
    }

    private static void make(StepWriter steps, Value value) {
        switch (value.op()) {
            case Op.Input _ -> steps.make(value);
            case Op.Tokens _ -> steps.slots().makeTokens(value);
            case Op.Linear linear -> linear(steps, value, linear);
            case Op.HeadLinear linear -> headLinear(steps, value, linear);
            case Op.SplitHeads split -> split(steps, value, split);
            case Op.ShareHeads share -> steps.alias(value, steps.plain(share.x()));
            case Op.MergeHeads merge -> steps.alias(value, steps.slot(merge.x()));
            case Op.Concat concat -> concat(steps, value, concat);
            case Op.Add add -> add(steps, value, add);
            case Op.Activate activate -> activate(steps, value, activate);
            case Op.Multiply multiply -> multiply(steps, value, multiply);
            case Op.Slice slice -> slice(steps, value, slice);
            case Op.LayerNorm norm -> steps.add(NormSteps.norm(steps, value, norm));
            case Op.RmsNorm norm -> rmsNorm(steps, value, norm);
            case Op.Rotate rotate -> rotate(steps, value, rotate);
            case Op.Select select -> select(steps, value, select);
            case Op.Pool pool ->
                steps.add(new PoolStep(steps.make(value), steps.plain(pool.x()), pool.pooling()));
            case Op.Flatten flatten -> steps.alias(value, steps.slot(flatten.x()));
            case Op.Normalize normalize ->
                steps.add(new NormalizeStep(steps.make(value), steps.plain(normalize.x())));
            case Op.Weight _,Op.Padding _,Op.KeyPadding _,Op.QueryPadding _,Op.Positions _,Op.Places _,Op.CountedPlaces _,Op.SamePlace _,Op.Gather _,Op.Scores _,Op.Biased _,Op.Window _,Op.Disentangled _,Op.MaskedSoftmax _ -> {
                // constants, bits of rows, and what the step of a later op makes for itself
            }
            case Op.Context _ -> throw new IllegalStateException(
                    "an attention must be a softmax of scores: value=" + value);
        }
    }

    // ---------------------------------------------------------------- linear layers and heads

    private static void linear(StepWriter steps, Value value, Op.Linear linear) {
        Slot to = steps.make(value, steps.wantedLayout(value));
        steps.add(LinearSteps.product(steps, to, linear, Activation.NONE, List.of("linear")));
    }

    private static void headLinear(StepWriter steps, Value value, Op.HeadLinear linear) {
        Shape.Rows shape = value.rows();
        Constant weight = linear.weight().constant();
        RowLayout output = steps.slots().plain(shape.headDim());
        RowLayout input = steps.slots().plain(linear.x().rows().headDim());
        Slot to = steps.make(value);
        List<WeightRef> weights = new ArrayList<>();
        for (int head = 0; head < shape.heads(); head++) {
            Constant ofHead = Submatrix.rows(weight, head * shape.headDim(), (head + 1) * shape.headDim());
            weights.add(new WeightRef(ofHead, null, output, input));
        }
        steps.add(new HeadMatMulStep(to, steps.slot(linear.x()), weights));
    }

    private static void split(StepWriter steps, Value value, Op.SplitHeads split) {
        Slot from = steps.slot(split.x());
        RowLayout wanted = steps.slots().layout(value.rows());
        if (from.layout().equals(wanted)) {
            steps.alias(value, from);
        } else if (split.split() == HeadSplit.COLUMNS && standsAs(from.layout(), wanted)) {
            steps.view(value, from, new RowLayout(wanted.heads(), wanted.headDim(), wanted.paddedDim(),
                    from.layout().width(), from.layout().stride()), 0);
        } else {
            steps.add(new RelayoutStep(steps.make(value, wanted), from, 0, split.term()));
        }
    }

    /** Says whether features stand in the same columns in both layouts. */
    private static boolean standsAs(RowLayout from, RowLayout wanted) {
        boolean sameHeads = from.headDim() == wanted.headDim() && from.paddedDim() == wanted.paddedDim();
        boolean noGaps = from.heads() == 1 && wanted.headDim() == wanted.paddedDim();
        return sameHeads || noGaps;
    }

    private static void rotate(StepWriter steps, Value value, Op.Rotate rotate) {
        Slot rows = steps.slot(rotate.x());
        Slot to = steps.isOnlyRead(rotate.x()) ? rows : steps.makeLike(value, rows);
        steps.add(new RotateStep(to, rows, heads(value.rows()), rotate.table().constant(), rotate.rows()));
        steps.alias(value, to);
    }

    private static HeadShape heads(Shape.Rows rows) {
        return new HeadShape(rows.heads(), rows.headDim(), rows.split());
    }

    // ---------------------------------------------------------------- rows

    /** Lets some features stand where all of them do, if they are whole parts of the layout there; else copies them. */
    private static void slice(StepWriter steps, Value value, Op.Slice slice) {
        Slot from = steps.slot(slice.x());
        RowLayout layout = from.layout();
        int part = layout.headDim();
        if (slice.first() % part == 0 && slice.features() % part == 0) {
            int heads = slice.features() / part;
            steps.view(value, from, new RowLayout(heads, part, layout.paddedDim(), heads * layout.paddedDim(),
                    layout.stride()), slice.first() / part * layout.paddedDim());
        } else {
            throw new IllegalStateException("a slice must be of whole parts: value=" + value + ", layout=" + layout);
        }
    }

    private static void multiply(StepWriter steps, Value value, Op.Multiply multiply) {
        Slot left = steps.slot(multiply.left());
        steps.add(new GateStep(steps.makeLike(value, left), left, steps.slot(multiply.right()), Activation.NONE));
    }

    private static void rmsNorm(StepWriter steps, Value value, Op.RmsNorm norm) {
        Slot rows = steps.slot(norm.x());
        Slot to = steps.isOnlyRead(norm.x()) ? rows : steps.makeLike(value, rows);
        steps.add(new RmsNormStep(to, rows, heads(value.rows()), StepWriter.constant(norm.scale()), norm.eps()));
        steps.alias(value, to);
    }

    private static void select(StepWriter steps, Value value, Op.Select select) {
        Slot rows = steps.slot(select.x());
        steps.add(new SelectStep(steps.makeLike(value, rows), rows, select.row()));
    }

    private static void concat(StepWriter steps, Value value, Op.Concat concat) {
        Slot to = steps.make(value);
        steps.add(new RelayoutStep(to, steps.slot(concat.left()), 0, concat.term()));
        steps.add(new RelayoutStep(to, steps.slot(concat.right()), concat.left().rows().features(), concat.term()));
    }

    private static void add(StepWriter steps, Value value, Op.Add add) {
        Slot left = steps.plain(add.left());
        Slot right = steps.plain(add.right());
        steps.add(new AddStep(steps.make(value, left.layout()), left, right));
    }

    private static void activate(StepWriter steps, Value value, Op.Activate activate) {
        Slot from = steps.slot(activate.x());
        steps.add(new ActivateStep(steps.makeLike(value, from), from, activate.activation()));
    }
}
