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
import io.lanewise.plan.ZeroRows;

/**
 * Finds out for each length which input tells its padding, and whether its zero rows may be left out: they may if every value
 * of that length is zero where the input is, and nobody attends to or from a row without asking whether it is padding.
 */
final class InferStreams {

    private final Map<Length, String> sources = new LinkedHashMap<>();
    private final Set<Length> masked = new HashSet<>();
    private final Map<Length, Constant> tables = new HashMap<>();
    private final Set<Length> dense = new HashSet<>();
    private final KnownZeros zeros;

    private InferStreams(KnownZeros zeros) {
        this.zeros = zeros;
    }

    static List<Stream> of(Graph graph) {
        InferStreams infer = new InferStreams(KnownZeros.of(graph));
        graph.inputs().forEach(input -> infer.sources.putIfAbsent(length(input), name(input)));
        graph.values().forEach(infer::look);
        return infer.streams();
    }

    private static Length length(Value value) {
        return switch (value.shape()) {
            case Shape.Indices indices -> indices.length();
            case Shape.Pairs pairs -> pairs.queries();
            default -> value.rows().length();
        };
    }

    private static String name(Value input) {
        return ((Op.Given) input.op()).name();
    }

    private void look(Value value) {
        if (value.shape() instanceof Shape.Rows rows && rows.length().isRagged()) {
            sources.putIfAbsent(rows.length(), ""); // its rows are made of others, or are one a sample
            return;
        }
        switch (value.op()) {
            case Op.Padding padding -> lookAtPadding(padding);
            case Op.Gather gather -> tables.put(value.rows().length(), gather.table().constant());
            case Op.MaskedSoftmax softmax -> lookAtSoftmax(softmax);
            case Op.SplitHeads split when split.split() == HeadSplit.RESHAPED && split.heads() > 1 ->
                dense.add(value.rows().length());
            default -> {
                // rows only
            }
        }
        if (value.shape() instanceof Shape.Rows rows && !zeros.of(value).equals(ZeroRows.EACH)) {
            dense.add(rows.length());
        }
    }

    /** Padding is taken of an input, or of an input with its positions; the latter is what attention asks for. */
    private void lookAtPadding(Op.Padding padding) {
        Value x = padding.x();
        Length length = length(x);
        if (x.op() instanceof Op.Add add && add.right().op() instanceof Op.Gather) {
            x = add.left();
        }
        if (length.isRagged() && !(x.op() instanceof Op.Given)) {
            return;
        }
        if (!(x.op() instanceof Op.Given)) {
            throw new IllegalArgumentException(
                    "padding must be taken of an input, or of an input with positions: value=" + x + ", op="
                            + x.op().term());
        }
        sources.put(length, name(x));
        masked.add(length);
    }

    private void lookAtSoftmax(Op.MaskedSoftmax softmax) {
        Shape.Pairs pairs = softmax.scores().pairs();
        if (pairs.keys().isRagged()) {
            return;
        }
        if (softmax.keyPadding() == null) {
            dense.add(pairs.keys());
        }
        if (softmax.queryPadding() == null) {
            dense.add(pairs.queries());
        }
    }

    private List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        sources.forEach(
                (length, source) -> streams.add(new Stream(streams.size(), length, source,
                        tables.get(length), dense.contains(length), length.isRagged() || masked.contains(length))));
        return List.copyOf(streams);
    }
}
