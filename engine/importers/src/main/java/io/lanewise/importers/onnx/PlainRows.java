package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.importers.onnx.ElementType.Kind;

/**
 * Leaves out nodes that change no row of features: casts between kinds of floats, rows of a batch laid out as one list of rows and
 * back, quantizing followed by its opposite, factors of 1. Patterns need not know them. Whether a node does nothing is seen in
 * both trials.
 */
final class PlainRows {

    private static final int LEAST_RANK = 2;
    private static final int MOST_RANK = 3;
    private static final Set<String> SAME_ROWS = Set.of("Reshape", "Flatten", "Expand", "Slice", "Squeeze",
            "Unsqueeze");

    private final OnnxGraph graph;
    private final Trials trials;
    private final Map<String, String> same = new HashMap<>();

    private PlainRows(OnnxGraph graph, Trials trials) {
        this.graph = graph;
        this.trials = trials;
    }

    static OnnxGraph of(OnnxGraph graph, Trials trials) {
        return new PlainRows(graph, trials).plain();
    }

    private OnnxGraph plain() {
        List<OnnxNode> nodes = new ArrayList<>();
        for (OnnxNode read : graph.nodes()) {
            OnnxNode node = new OnnxNode(read.name(), read.op(), read.inputs().stream().map(this::plain).toList(),
                    read.outputs(), read.attributes());
            String unchanged = unchanged(node);
            if (unchanged == null) {
                nodes.add(node);
            } else {
                same.put(node.outputs().getFirst(), unchanged);
            }
        }
        var outputs = new LinkedHashMap<String, String>();
        graph.outputs().forEach((name, value) -> outputs.put(name, plain(value)));
        return OnnxGraph.of(graph.inputs(), outputs, graph.constants(), nodes, graph.opset(), graph.batch());
    }

    private String plain(String value) {
        return same.getOrDefault(value, value);
    }

    /** Returns which of its inputs a node hands on as it is; null if it does more. */
    private String unchanged(OnnxNode node) {
        boolean isRows = node.outputs().size() == 1 && !node.inputs().isEmpty()
                && !trials.first().isArithmetic(node.outputs().getFirst());
        if (!isRows) {
            return null;
        }
        String x = node.input(0);
        String y = node.outputs().getFirst();
        boolean changesNothing = switch (node.op()) {
            case "Identity" -> true;
            case "Cast", "CastLike" -> isFloat(x) && isFloat(y);
            case "DequantizeLinear" -> isQuantized(node);
            case "Div" -> isNumber(node.input(1), 1);
            default -> SAME_ROWS.contains(node.op()) && hasSameRows(x, y);
        };
        if (changesNothing) {
            return node.op().equals("DequantizeLinear") ? graph.maker(x).input(0) : x;
        }
        return switch (node.op()) {
            case "Mul" -> otherThan(node, 1);
            case "Add" -> otherThan(node, 0);
            default -> null;
        };
    }

    private boolean isFloat(String value) {
        return trials.trials().stream().map(trial -> trial.of(value))
                .allMatch(sample -> sample != null && sample.kind() == Kind.FLOAT);
    }

    /** Activations that are quantized and back again; with weights, the whole numbers are what the file has. */
    private boolean isQuantized(OnnxNode node) {
        OnnxNode maker = graph.maker(node.input(0));
        return maker != null && maker.op().equals("QuantizeLinear") && graph.constant(maker.input(0)) == null
                && maker.input(1).equals(node.input(1)) && maker.input(2).equals(node.input(2));
    }

    /** Features stay together, and rows in their order: however many axes they are laid out in. */
    private boolean hasSameRows(String x, String y) {
        return trials.trials().stream().allMatch(trial -> {
            Sample before = trial.of(x);
            Sample after = trial.of(y);
            return before != null && after != null && isRows(before) && isRows(after)
                    && before.elements() == after.elements()
                    && before.shape()[before.rank() - 1] == after.shape()[after.rank() - 1];
        });
    }

    private static boolean isRows(Sample sample) {
        return sample.rank() >= LEAST_RANK && sample.rank() <= MOST_RANK;
    }

    private boolean isNumber(String value, double number) {
        return trials.trials().stream().map(trial -> trial.of(value)).allMatch(sample -> sample != null
                && sample.hasValues() && sample.elements() == 1 && sample.values()[0] == number);
    }

    private String otherThan(OnnxNode node, double number) {
        return node.inputs().size() != 2
                ? null
                : Arrays.asList(0, 1).stream().filter(i -> isNumber(node.input(i), number))
                        .map(i -> node.input(1 - i)).findFirst().orElse(null);
    }
}
