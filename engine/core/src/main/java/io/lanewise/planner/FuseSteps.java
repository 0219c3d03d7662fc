package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.RowLayout;
import io.lanewise.plan.ActivateStep;
import io.lanewise.plan.AddStep;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.ContextStep;
import io.lanewise.plan.HeadMatMulStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.PositionsStep;
import io.lanewise.plan.RelayoutStep;
import io.lanewise.plan.ScoresStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.SoftmaxStep;
import io.lanewise.plan.Step;
import io.lanewise.plan.WeightRef;
import io.lanewise.plan.ZeroRows;

/**
 * Turns values into steps. Fused, a step takes in its neighbours: the attention core is one step, an activation is part of
 * the matmul before it, a residual part of the norm after it, and the sum of two linear layers is one running sum. Not fused,
 * each op is a step of its own.
 */
final class FuseSteps {

    private final Graph graph;
    private final List<List<Value>> users;
    private final Map<Value, String> attentionNames;
    private final Slots slots;
    private final KnownZeros zeros;
    private final boolean fuse;
    private final List<Step> steps = new ArrayList<>();

    private FuseSteps(Graph graph, Slots slots, boolean fuse) {
        this.graph = graph;
        this.users = graph.users();
        this.zeros = KnownZeros.of(graph);
        this.slots = slots;
        this.fuse = fuse;
        this.attentionNames = graph.outputs().entrySet().stream()
                .filter(output -> output.getValue().shape() instanceof Shape.Pairs)
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (one, _) -> one));
    }

    static List<Step> of(Graph graph, Slots slots, boolean fuse) {
        FuseSteps fusing = new FuseSteps(graph, slots, fuse);
        graph.values().forEach(fusing::lower);
        return fusing.steps;
    }

    private void lower(Value value) {
        switch (value.op()) {
            case Op.Input _ -> slots.make(value, slots.layout(value.rows()));
            case Op.Linear linear -> linear(value, linear);
            case Op.SplitHeads split -> split(value, split);
            case Op.ShareHeads share -> slots.alias(value, plain(share.x()));
            case Op.HeadLinear linear -> headLinear(value, linear);
            case Op.MergeHeads merge -> slots.alias(value, slot(merge.x()));
            case Op.Context context -> attention(value, context);
            case Op.Concat concat -> concat(value, concat);
            case Op.Add add -> add(value, add);
            case Op.Activate activate -> activate(value, activate);
            case Op.LayerNorm norm -> norm(value, norm);
            case Op.Weight _,Op.Padding _,Op.KeyPadding _,Op.QueryPadding _,Op.Positions _,Op.Gather _,Op.Scores _,Op.MaskedSoftmax _ -> {
                // constants, bits of rows, and what the step of a later op takes in
            }
        }
    }

    // ---------------------------------------------------------------- linear layers

    private void linear(Value value, Op.Linear linear) {
        if (onlyUser(value) instanceof Value user && user.op() instanceof Op.Add add && accumulates(add)
                && add.right() == value) {
            return; // its sum takes it in
        }
        Value result = value;
        Activation activation = Activation.NONE;
        List<String> absorbed = new ArrayList<>(List.of("linear"));
        if (fuse && onlyUser(value) instanceof Value user && user.op() instanceof Op.Activate activate) {
            result = user;
            activation = activate.activation();
            absorbed.add("activate");
        }
        Slot to = slots.make(result, resultLayout(result));
        slots.alias(value, to);
        steps.add(matMul(to, linear, false, activation, absorbed));
    }

    private MatMulStep matMul(Slot to, Op.Linear linear, boolean accumulate, Activation activation,
            List<String> absorbed) {
        Slot from = slot(linear.x());
        WeightRef weight = new WeightRef(constant(linear.weight()), constant(linear.bias()), to.layout(),
                from.layout());
        boolean keepsZeros = linear.bias() == null && !accumulate && activation == Activation.NONE;
        return new MatMulStep(to, from, weight, accumulate, activation,
                keepsZeros ? zeroRows(linear.x()) : ZeroRows.NONE,
                absorbed);
    }

    /** Returns which rows need not be computed; in a packed stream zero rows are not there. */
    private ZeroRows zeroRows(Value value) {
        return slots.stream(value.rows().length()).dense() ? zeros.of(value) : ZeroRows.NONE;
    }

    private void headLinear(Value value, Op.HeadLinear linear) {
        Constant weight = constant(linear.weight());
        Shape.Rows shape = value.rows();
        Slot to = slots.make(value, slots.layout(shape));
        List<WeightRef> weights = new ArrayList<>();
        for (int head = 0; head < shape.heads(); head++) {
            weights.add(
                    new WeightRef(Submatrix.rows(weight, head * shape.headDim(), (head + 1) * shape.headDim()), null,
                            slots.plain(shape.headDim()), slots.plain(linear.x().rows().headDim())));
        }
        steps.add(new HeadMatMulStep(to, slot(linear.x()), weights));
    }

    /** A linear layer that is only read as heads writes them where they will be read. */
    private RowLayout resultLayout(Value value) {
        List<Value> readers = users.get(value.id());
        boolean onlySplit = !readers.isEmpty() && readers.stream().allMatch(user -> user.op() instanceof Op.SplitHeads
                && user.shape().equals(readers.getFirst().shape()));
        return onlySplit && !isOutput(value) ? slots.layout(readers.getFirst().rows()) : slots.layout(value.rows());
    }

    // ---------------------------------------------------------------- attention

    private void attention(Value value, Op.Context context) {
        Op.MaskedSoftmax softmax = (Op.MaskedSoftmax) context.attention().op();
        Op.Scores scores = (Op.Scores) softmax.scores().op();
        Slot to = slots.make(value, slots.layout(value.rows()));
        Slot queries = slot(scores.queries());
        Slot keys = slot(scores.keys());
        Slot values = slot(context.values());
        Shape.Rows shape = scores.queries().rows();
        HeadShape heads = new HeadShape(shape.heads(), shape.headDim(), shape.split());
        boolean keyMask = softmax.keyPadding() != null;
        boolean queryMask = softmax.queryPadding() != null;
        String map = attentionNames.remove(context.attention());
        if (fuse) {
            boolean skips = map == null && zeros.of(value).groups() > 1;
            steps.add(new AttendStep(to, queries, keys, values, heads, scores.scale(), keyMask, queryMask,
                    softmax.order(), skips ? zeros.of(value) : ZeroRows.NONE, map));
        } else {
            Slot whole = slots.makeScores(softmax.scores().pairs());
            steps.add(new ScoresStep(whole, queries, keys, heads, scores.scale()));
            steps.add(new SoftmaxStep(whole, whole, heads, keyMask, queryMask, softmax.order(), map));
            steps.add(new ContextStep(to, whole, values, heads, queryMask));
        }
    }

    private void split(Value value, Op.SplitHeads split) {
        Slot from = slot(split.x());
        RowLayout wanted = slots.layout(value.rows());
        if (from.layout().equals(wanted)) {
            slots.alias(value, from);
        } else {
            steps.add(new RelayoutStep(slots.make(value, wanted), from, 0, split.term()));
        }
    }

    // ---------------------------------------------------------------- rows

    private void concat(Value value, Op.Concat concat) {
        Slot to = slots.make(value, slots.layout(value.rows()));
        steps.add(new RelayoutStep(to, slot(concat.left()), 0, concat.term()));
        steps.add(new RelayoutStep(to, slot(concat.right()), concat.left().rows().features(), concat.term()));
    }

    /** A linear layer can be summed straight into a value that nobody else reads. */
    private boolean accumulates(Op.Add add) {
        boolean ownSum = add.left().op() instanceof Op.Linear || add.left().op() instanceof Op.Context;
        return fuse && ownSum && onlyUser(add.left()) != null && add.right().op() instanceof Op.Linear
                && onlyUser(add.right()) != null;
    }

    private void accumulate(Value value, Op.Add add) {
        Value result = value;
        Activation activation = Activation.NONE;
        List<String> absorbed = new ArrayList<>(List.of("linear", "add"));
        if (onlyUser(value) instanceof Value user && user.op() instanceof Op.Activate activate) {
            result = user;
            activation = activate.activation();
            absorbed.add("activate");
        }
        Slot to = slot(add.left());
        steps.add(matMul(to, (Op.Linear) add.right().op(), true, activation, absorbed));
        slots.alias(value, to);
        slots.alias(result, to);
    }

    private void add(Value value, Op.Add add) {
        if (add.right().op() instanceof Op.Gather gather) {
            Slot from = plain(add.left());
            steps.add(new PositionsStep(slots.make(value, from.layout()), from, constant(gather.table())));
        } else if (accumulates(add)) {
            accumulate(value, add);
        } else if (!(fuse && onlyUser(value) instanceof Value user && user.op() instanceof Op.LayerNorm)) {
            Slot left = plain(add.left());
            Slot right = plain(add.right());
            steps.add(new AddStep(slots.make(value, left.layout()), left, right));
        }
    }

    private void activate(Value value, Op.Activate activate) {
        if (slots.find(value) == null) {
            Slot from = slot(activate.x());
            steps.add(new ActivateStep(slots.make(value, from.layout()), from, activate.activation()));
        }
    }

    private void norm(Value value, Op.LayerNorm norm) {
        Constant scale = constant(norm.scale());
        Constant shift = constant(norm.shift());
        if (slots.find(norm.x()) == null && norm.x().op() instanceof Op.Add add) {
            Slot rows = plain(add.left());
            Slot residual = plain(add.right());
            steps.add(new NormStep(slots.make(value, rows.layout()), rows, residual, scale, shift, norm.eps(),
                    List.of("add", "layer-norm")));
        } else {
            Slot rows = plain(norm.x());
            steps.add(new NormStep(slots.make(value, rows.layout()), rows, null, scale, shift, norm.eps(),
                    List.of("layer-norm")));
        }
    }

    // ---------------------------------------------------------------- helpers

    /** Returns a value's slot, its features one after the other. */
    private Slot plain(Value value) {
        Slot slot = slot(value);
        RowLayout plain = slots.plain(value.rows().features());
        if (slot.layout().equals(plain)) {
            return slot;
        }
        Slot copy = slots.makeUnnamed(slot.label(), value.rows().length(), plain);
        steps.add(new RelayoutStep(copy, slot, 0, "relayout"));
        return copy;
    }

    private Slot slot(Value value) {
        Slot slot = slots.find(value);
        if (slot == null) {
            throw new IllegalStateException(
                    "a value must be computed before it is read: value=" + value + ", op=" + value.op().term());
        }
        return slot;
    }

    private Value onlyUser(Value value) {
        List<Value> readers = users.get(value.id());
        return readers.size() == 1 && !isOutput(value) ? readers.getFirst() : null;
    }

    private boolean isOutput(Value value) {
        return graph.outputs().containsValue(value);
    }

    private static Constant constant(Value value) {
        return value == null ? null : value.constant();
    }
}
