package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.Stream;

/**
 * Finds out for each length which input tells its padding, and whether its zero rows may be left out: they may if every value
 * of that length is zero where the input is, and nobody attends to or from a row without asking whether it is padding.
 */
final class InferStreams {

    private final Map<Length, Value> sources = new LinkedHashMap<>();
    private final Set<Length> masked = new HashSet<>();
    private final Map<Length, Constant> tables = new HashMap<>();
    private final Set<Length> dense = new HashSet<>();
    private final Set<Value> zeroWithInput = new HashSet<>();

    private InferStreams() {}

    static List<Stream> of(Graph graph) {
        InferStreams infer = new InferStreams();
        graph.inputs().forEach(input -> infer.sources.putIfAbsent(input.rows().length(), input));
        graph.values().forEach(infer::look);
        return infer.streams();
    }

    private void look(Value value) {
        switch (value.op()) {
            case Op.Padding padding -> lookAtPadding(padding);
            case Op.Gather gather -> tables.put(value.rows().length(), ((Op.Weight) gather.table().op()).constant());
            case Op.MaskedSoftmax softmax -> lookAtSoftmax(softmax);
            case Op.SplitHeads split when split.split() == HeadSplit.RESHAPED && split.heads() > 1 ->
                dense.add(value.rows().length());
            default -> {
                // rows only
            }
        }
        if (value.shape() instanceof Shape.Rows rows) {
            if (staysZero(value)) {
                zeroWithInput.add(value);
            } else {
                dense.add(rows.length());
            }
        }
    }

    /** Padding is taken of an input, or of an input with its positions; the latter is what attention asks for. */
    private void lookAtPadding(Op.Padding padding) {
        Value x = padding.x();
        Length length = x.rows().length();
        if (x.op() instanceof Op.Add add && add.right().op() instanceof Op.Gather) {
            x = add.left();
        }
        if (!(x.op() instanceof Op.Input)) {
            throw new IllegalArgumentException(
                    "padding must be taken of an input, or of an input with positions: value=" + x + ", op="
                            + x.op().term());
        }
        sources.put(length, x);
        masked.add(length);
    }

    private void lookAtSoftmax(Op.MaskedSoftmax softmax) {
        Shape.Pairs pairs = softmax.scores().pairs();
        if (softmax.keyPadding() == null) {
            dense.add(pairs.keys());
        }
        if (softmax.queryPadding() == null) {
            dense.add(pairs.queries());
        }
    }

    private boolean staysZero(Value value) {
        return switch (value.op()) {
            case Op.Input _ -> true;
            case Op.Linear linear -> linear.bias() == null && zeroWithInput.contains(linear.x());
            case Op.SplitHeads split -> zeroWithInput.contains(split.x());
            case Op.ShareHeads share -> zeroWithInput.contains(share.x());
            case Op.HeadLinear linear -> zeroWithInput.contains(linear.x());
            case Op.MergeHeads merge -> zeroWithInput.contains(merge.x());
            case Op.Gather gather -> firstRowIsZero(((Op.Weight) gather.table().op()).constant());
            case Op.Context context -> context.attention().op() instanceof Op.MaskedSoftmax softmax
                    && softmax.queryPadding() != null;
            case Op.Concat concat -> zeroWithInput.contains(concat.left()) && zeroWithInput.contains(concat.right());
            case Op.Add add -> zeroWithInput.contains(add.left()) && zeroWithInput.contains(add.right());
            case Op.Activate activate -> zeroWithInput.contains(activate.x());
            case Op.LayerNorm norm -> norm.shift() == null && zeroWithInput.contains(norm.x());
            default -> false;
        };
    }

    private static boolean firstRowIsZero(Constant table) {
        for (int column = 0; column < ((Shape.Matrix) table.shape()).columns(); column++) {
            if (table.values()[column] != 0) {
                return false;
            }
        }
        return true;
    }

    private List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        sources.forEach(
                (length, source) -> streams.add(new Stream(streams.size(), length, ((Op.Input) source.op()).name(),
                        tables.get(length), dense.contains(length), masked.contains(length))));
        return List.copyOf(streams);
    }
}
