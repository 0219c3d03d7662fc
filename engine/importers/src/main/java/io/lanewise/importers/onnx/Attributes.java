package io.lanewise.importers.onnx;

import java.util.List;
import java.util.stream.Collectors;

import ai.onnx.proto.OnnxMl.AttributeProto;

/** The attribute of each operator that patterns ask for, written as they write it. */
final class Attributes {

    /** Fits whatever a pattern asks for. */
    static final String ANY = "any";

    private Attributes() {}

    /** Returns the attribute; an empty text where it has a value that no pattern knows. */
    static String of(OnnxNode node, OnnxGraph graph) {
        return switch (node.op()) {
            case "Transpose" -> numbers(node.integers("perm"));
            case "Gather" -> Long.toString(node.integer("axis", 0));
            case "Softmax" -> last(node.integer("axis", graph.opset() < 13 ? 1 : -1), 3);
            case "LayerNormalization", "LpNormalization" -> last(node.integer("axis", -1), 2);
            case "DequantizeLinear" -> quantized(node, graph);
            case "ReduceMean", "ReduceSum", "ReduceL2", "ReduceMax" -> reduced(node, graph);
            case "Gelu" -> text(node, "approximate", "none");
            case "Gemm" -> gemm(node);
            case "Squeeze" -> numbers(node.integers("axes"));
            default -> "";
        };
    }

    /** Where the rank is certain, the last axis may be counted from the front. */
    private static String last(long axis, long rankLessOne) {
        return Long.toString(axis == rankLessOne ? -1 : axis);
    }

    private static String reduced(OnnxNode node, OnnxGraph graph) {
        List<Long> axes = node.integers("axes");
        OnnxTensor given = graph.constant(node.input(1));
        if (given != null && given.isScalar()) {
            axes = List.of((long) given.scalar());
        }
        boolean isMean = node.op().equals("ReduceMean");
        if (axes == null || axes.size() != 1 || isMean && node.integer("keepdims", 1) == 0) {
            return "";
        }
        boolean isLast = isMean && axes.getFirst() == 2;
        return isLast ? "-1" : axes.getFirst().toString();
    }

    /** The axis of a matrix that has a scale for each place; any where there is but one scale. */
    private static String quantized(OnnxNode node, OnnxGraph graph) {
        OnnxTensor scale = graph.constant(node.input(1));
        if (node.integer("block_size", 0) != 0 || scale == null) {
            return "";
        }
        long axis = node.integer("axis", 1);
        boolean isOne = scale.isScalar() && graph.constant(node.input(0)) != null;
        return isOne ? ANY : Long.toString(axis < 0 ? axis + 2 : axis);
    }

    private static String gemm(OnnxNode node) {
        boolean isPlain = node.integer("transA", 0) == 0 && node.real("alpha", 1) == 1 && node.real("beta", 1) == 1;
        return isPlain ? Long.toString(node.integer("transB", 0)) : "";
    }

    static String text(OnnxNode node, String attribute, String absent) {
        AttributeProto found = node.attributes().get(attribute);
        return found == null ? absent : found.getS().toStringUtf8();
    }

    private static String numbers(List<Long> numbers) {
        return numbers == null ? "" : numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
