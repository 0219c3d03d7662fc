package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
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
import io.lanewise.plan.JoinStep;
import io.lanewise.plan.NormalizeStep;
import io.lanewise.plan.PoolStep;
import io.lanewise.plan.RankPoolStep;
import io.lanewise.plan.RecurrenceStep;
import io.lanewise.plan.RelayoutStep;
import io.lanewise.plan.RepeatStep;
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
            case Op.PairInput _ -> steps.slots().makePairs(value);
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
            case Op.Recurrence recurrence -> recurrence(steps, value, recurrence);
            case Op.Join join -> join(steps, value, join);
            case Op.Repeat repeat -> repeat(steps, value, repeat);
            case Op.RankPool pool -> rankPool(steps, value, pool);
            case Op.Stack stack -> steps.alias(value, steps.plain(stack.x()));
            case Op.Choose choose -> steps.alias(value, choose.scores().shape() instanceof Shape.Rows
                    ? steps.plain(choose.scores())
                    : steps.slot(choose.scores()));
            case Op.Weight _,Op.Padding _,Op.KeyPadding _,Op.QueryPadding _,Op.Positions _,Op.Places _,Op.CountedPlaces _,Op.SamePlace _,Op.Gather _,Op.Scores _,Op.Biased _,Op.Window _,Op.Disentangled _,Op.MaskedSoftmax _ -> {
                // constants, bits of rows, and what the step of a later op makes for itself
            }
            case Op.Context _ -> throw new IllegalStateException(
                    "an attention must be scores, softmaxed or not, or an input: value=" + value);
        }
    }

    // ---------------------------------------------------------------- linear layers and heads

    private static void linear(StepWriter steps, Value value, Op.Linear linear) {
        Slot to = steps.make(value, steps.wantedLayout(value));
        steps.add(LinearSteps.product(steps, to, linear, Activation.NONE, List.of("linear")));
    }

    private static void headLinear(StepWriter steps, Value value, Op.HeadLinear linear) {
        Shape.Rows shape = value.rows();
        Slot from = steps.slot(linear.x());
        Slot to = steps.make(value, steps.slots().panelHeads(shape));
        RowLayout output = RowLayout.dense(1, shape.headDim(), to.layout().paddedDim());
        RowLayout input = RowLayout.dense(1, linear.x().rows().headDim(), from.layout().paddedDim());
        List<WeightRef> weights = new ArrayList<>();
        for (int head = 0; head < shape.heads(); head++) {
            int first = head * shape.headDim();
            int end = first + shape.headDim();
            Constant bias = linear.bias() == null ? null : Submatrix.cells(linear.bias().constant(), first, end);
            weights.add(new WeightRef(Submatrix.rows(linear.weight().constant(), first, end), bias, output, input));
        }
        steps.add(new HeadMatMulStep(to, from, weights));
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
        } else if (slice.first() / part == (slice.first() + slice.features() - 1) / part) {
            RowLayout some = new RowLayout(1, slice.features(), slice.features(), slice.features(), layout.stride());
            Slot where = steps.slots().viewUnnamed(from, some, layout.column(slice.first()));
            steps.add(new RelayoutStep(steps.make(value), where, 0, slice.term()));
        } else {
            throw new IllegalStateException(
                    "a slice must be of whole parts, or of one: value=" + value + ", layout=" + layout);
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

    // ---------------------------------------------------------------- sequences and graphs

    private static void recurrence(StepWriter steps, Value value, Op.Recurrence op) {
        int hidden = ((Shape.Matrix) op.weight().shape()).columns();
        RowLayout gates = steps.slots().parts(op.products().rows().features(), hidden);
        Slot products = standing(steps, steps.slot(op.products()), gates, op.products().rows().length());
        Slot states = steps.make(value, steps.slots().parts(value.rows().features(), hidden));
        WeightRef weight = new WeightRef(op.weight().constant(), op.bias().constant(), gates,
                steps.slots().plain(hidden));
        steps.add(new RecurrenceStep(states, products, weight, op.cell(), op.reverse()));
    }

    /** Returns where features stand in the columns of a layout, copied there if need be. */
    private static Slot standing(StepWriter steps, Slot from, RowLayout wanted, Length length) {
        if (standsAs(from.layout(), wanted)) {
            return from;
        }
        Slot copy = steps.slots().makeUnnamed(from.label(), length, wanted);
        steps.add(new RelayoutStep(copy, from, 0, "relayout"));
        return copy;
    }

    private static void join(StepWriter steps, Value value, Op.Join join) {
        Slot first = steps.plain(join.first());
        Slot second = steps.plain(join.second());
        steps.add(new JoinStep(steps.make(value), first, second));
    }

    private static void repeat(StepWriter steps, Value value, Op.Repeat repeat) {
        Slot rows = steps.slot(repeat.x());
        steps.add(new RepeatStep(steps.makeLike(value, rows), rows));
    }

    private static void rankPool(StepWriter steps, Value value, Op.RankPool pool) {
        Slot left = steps.slot(pool.left());
        Slot right = steps.slot(pool.right());
        steps.add(new RankPoolStep(steps.make(value), left, right, pool.rank()));
    }
}
