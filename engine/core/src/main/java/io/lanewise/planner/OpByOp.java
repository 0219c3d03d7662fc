package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.RowLayout;
import io.lanewise.plan.ActivateStep;
import io.lanewise.plan.AddStep;
import io.lanewise.plan.HeadMatMulStep;
import io.lanewise.plan.RelayoutStep;
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
            case Op.Linear linear -> linear(steps, value, linear);
            case Op.HeadLinear linear -> headLinear(steps, value, linear);
            case Op.SplitHeads split -> split(steps, value, split);
            case Op.ShareHeads share -> steps.alias(value, steps.plain(share.x()));
            case Op.MergeHeads merge -> steps.alias(value, steps.slot(merge.x()));
            case Op.Concat concat -> concat(steps, value, concat);
            case Op.Add add -> add(steps, value, add);
            case Op.Activate activate -> activate(steps, value, activate);
            case Op.LayerNorm norm -> steps.add(NormSteps.norm(steps, value, norm));
            case Op.Weight _,Op.Padding _,Op.KeyPadding _,Op.QueryPadding _,Op.Positions _,Op.Gather _,Op.Scores _,Op.MaskedSoftmax _ -> {
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
        } else {
            steps.add(new RelayoutStep(steps.make(value, wanted), from, 0, split.term()));
        }
    }

    // ---------------------------------------------------------------- rows

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
        steps.add(new ActivateStep(steps.make(value, from.layout()), from, activate.activation()));
    }
}
