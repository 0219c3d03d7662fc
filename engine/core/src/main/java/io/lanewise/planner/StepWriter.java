package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.RowLayout;
import io.lanewise.plan.RelayoutStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;
import io.lanewise.plan.ZeroRows;

/** What rules make steps with: it knows where values stand, and collects the steps in order. */
final class StepWriter {

    private final Slots slots;
    private final LoweringGraph graph;
    private final KnownZeros zeros;
    private final Map<Value, String> attentionNames;
    private final Set<Value> copied = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();

    StepWriter(Graph lowered, Slots slots, LoweringGraph graph) {
        this.slots = slots;
        this.graph = graph;
        this.zeros = KnownZeros.of(lowered);
        this.attentionNames = new HashMap<>();
        for (Map.Entry<String, Value> output : lowered.outputs().entrySet()) {
            if (output.getValue().shape() instanceof Shape.Pairs) {
                attentionNames.putIfAbsent(output.getValue(), output.getKey());
            }
        }
    }

    /** Returns the steps, once all of them are written. */
    List<Step> steps() {
        requireCopied();
        return steps;
    }

    void add(Step step) {
        steps.add(step);
    }

    // ---------------------------------------------------------------- where values stand

    Slots slots() {
        return slots;
    }

    /** Makes the slot of a value of rows in the usual layout. */
    Slot make(Value value) {
        return make(value, slots.layout(value.rows()));
    }

    /** Makes the slot of a value of rows. */
    Slot make(Value value, RowLayout layout) {
        return slots.make(value, layout);
    }

    /** Makes the slot of a value whose features stand as those of another slot do, without what that has beside them. */
    Slot makeLike(Value value, Slot other) {
        return make(value, other.within() == null ? other.layout() : slots.narrow(other.layout()));
    }

    /** Lets a value stand in some columns of a slot. */
    void view(Value value, Slot of, RowLayout layout, int firstFloat) {
        slots.view(value, of, layout, firstFloat);
    }

    /** Lets a value stand where another does. */
    void alias(Value value, Slot slot) {
        slots.alias(value, slot);
    }

    /** Returns where a value stands. */
    Slot slot(Value value) {
        Slot slot = slots.find(value);
        if (slot == null) {
            throw new IllegalStateException(
                    "a value must be computed before it is read: value=" + value + ", op=" + value.op().term());
        }
        return slot;
    }

    /** Returns where a value stands with its features one after the other, copied there if need be. */
    Slot plain(Value value) {
        Slot slot = slot(value);
        RowLayout plain = slots.plain(value.rows().features());
        if (slot.layout().equals(plain)) {
            return slot;
        }
        Slot copy = slots.makeUnnamed(slot.label(), value.rows().length(), plain);
        add(new RelayoutStep(copy, slot, 0, "relayout"));
        return copy;
    }

    // ---------------------------------------------------------------- what is known of them

    /** Returns the constant of a weight; null for an operand that an op does without. */
    static Constant constant(Value weight) {
        return weight == null ? null : weight.constant();
    }

    /** Returns what is known of the zero rows of a value. */
    ZeroRows zeroRows(Value value) {
        return zeros.of(value);
    }

    /**
     * Returns the layout in which a value's readers want it: heads, where all of them read the same heads; the gates of a
     * recurrence; where all read parts of it, heads of the parts, or the parts.
     */
    RowLayout wantedLayout(Value value) {
        List<Value> wanted = graph.readers(value);
        if (!wanted.isEmpty() && wanted.stream().allMatch(reader -> reader.op() instanceof Op.Recurrence)) {
            return slots.parts(value.rows().features(), partDim(value));
        }
        if (!wanted.isEmpty() && wanted.stream().allMatch(reader -> reader.op() instanceof Op.Slice)) {
            int part = wanted.stream().mapToInt(this::partDim).min().orElseThrow();
            return slots.parts(value.rows().features(), part);
        }
        boolean onlyHeads = !wanted.isEmpty() && wanted.stream().allMatch(
                reader -> reader.op() instanceof Op.SplitHeads && reader.shape().equals(wanted.getFirst().shape()));
        return slots.layout(onlyHeads && !graph.isOutput(value) ? wanted.getFirst().rows() : value.rows());
    }

    /** Says whether a value has one reader, which may write over it. */
    boolean isOnlyRead(Value value) {
        return graph.onlyReader(value) != null && !(value.op() instanceof Op.Given);
    }

    /** Returns the size of the heads or gates as which a part is read, or its own. */
    private int partDim(Value slice) {
        List<Value> readers = graph.readers(slice);
        if (!readers.isEmpty() && readers.getFirst().op() instanceof Op.Recurrence recurrence) {
            return slice.rows().features() / recurrence.cell().gates();
        }
        return !readers.isEmpty() && readers.stream().allMatch(reader -> reader.op() instanceof Op.SplitHeads)
                ? readers.getFirst().rows().headDim()
                : slice.rows().features();
    }

    /** Returns the output that scores are copied to, or null. */
    String mapOutput(Value scores) {
        copied.add(scores);
        return attentionNames.get(scores);
    }

    /** Returns the output that a context's attention is copied to, or null: the first that reads an attention copies it. */
    String attentionOutput(Value context) {
        Value attention = ((Op.Context) context.op()).attention();
        if (graph.readers(attention).getFirst() != context) {
            return null;
        }
        copied.add(attention);
        return attentionNames.get(attention);
    }

    /** Makes sure that every attention map that was asked for has somebody who copies it. */
    private void requireCopied() {
        for (Map.Entry<Value, String> attention : attentionNames.entrySet()) {
            if (!copied.contains(attention.getKey())) {
                throw new IllegalStateException("a map must be copied by a step: output=" + attention.getValue());
            }
        }
    }
}
