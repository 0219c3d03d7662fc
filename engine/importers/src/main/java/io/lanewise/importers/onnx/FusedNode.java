package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;

/** One node that an optimizer made of several, while it is written out again as the nodes that it stands for. */
final class FusedNode {

    private final OnnxNode node;
    private final Map<String, OnnxTensor> constants;
    private final Map<String, OnnxNode> makers;
    private final List<OnnxNode> written = new ArrayList<>();
    private int values;

    /**
     * Starts with nothing.
     *
     * @param constants those of the graph so far; parts of weights are added
     * @param makers the nodes so far, by their outputs
     */
    FusedNode(OnnxNode node, Map<String, OnnxTensor> constants, Map<String, OnnxNode> makers) {
        this.node = node;
        this.constants = constants;
        this.makers = makers;
    }

    List<OnnxNode> written() {
        return written;
    }

    OnnxNode node() {
        return node;
    }

    boolean has(int input) {
        return !node.input(input).isEmpty();
    }

    String in(int input) {
        return node.input(input);
    }

    OnnxTensor constant(int input) {
        return constants.get(node.input(input));
    }

    /** Says whether an input is a constant that {@link #part} can divide. */
    boolean hasParts(int input, int parts) {
        OnnxTensor whole = constant(input);
        return whole != null && (whole.isScalar() || whole.shape().getLast() % parts == 0);
    }

    /** Says whether an output is there and wanted. */
    boolean makes(int output) {
        return output < node.outputs().size() && !node.outputs().get(output).isEmpty();
    }

    /** Returns what a quantized value was made of; null where that is not known. */
    String unquantized(int input) {
        OnnxNode maker = makers.get(node.input(input));
        boolean isQuantized = maker != null
                && (maker.op().equals("DynamicQuantizeLinear") || maker.op().equals("QuantizeLinear"));
        return isQuantized ? maker.input(0) : null;
    }

    // ---------------------------------------------------------------- nodes

    /** Adds a node; attributes are pairs of a name and a value. Returns what it makes. */
    String add(String op, List<String> inputs, Object... attributes) {
        String value = node.outputs().getFirst() + "/" + ++values;
        put(op, value, inputs, attributes);
        return value;
    }

    /** Adds the node that makes one of the outputs. */
    void make(int output, String op, List<String> inputs, Object... attributes) {
        put(op, node.outputs().get(output), inputs, attributes);
    }

    private void put(String op, String value, List<String> inputs, Object... attributes) {
        Map<String, AttributeProto> named = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            named.put((String) attributes[i], attribute(attributes[i + 1]));
        }
        String name = node.name().isEmpty() ? "of " + node.outputs().getFirst() : node.name();
        written.add(new OnnxNode("%s (%s)".formatted(name, node.op()), op, List.copyOf(inputs), List.of(value), named));
    }

    private static AttributeProto attribute(Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder();
        switch (value) {
            case Long number -> attribute.setI(number);
            case String text -> attribute.setS(ByteString.copyFromUtf8(text));
            case Float number -> attribute.setF(number);
            case long[] numbers -> Arrays.stream(numbers).forEach(attribute::addInts);
            default -> throw new IllegalArgumentException("attribute: " + value);
        }
        return attribute.build();
    }

    // ---------------------------------------------------------------- constants

    String number(double value) {
        return constant(ElementType.FLOAT, List.of(), value);
    }

    String whole(long value) {
        return constant(ElementType.INT64, List.of(), value);
    }

    String wholes(double... values) {
        return constant(ElementType.INT64, List.of((long) values.length), values);
    }

    private String constant(ElementType type, List<Long> shape, double... values) {
        String name = node.outputs().getFirst() + "/" + ++this.values;
        constants.put(name, new OnnxTensor(name, type, shape, values.length, () -> index -> values[index]));
        return name;
    }

    /** Returns one of several parts of equal width along the last axis of a constant; the constant itself where it is one number. */
    String part(int input, int part, int parts) {
        OnnxTensor whole = constant(input);
        if (whole.isScalar()) {
            return whole.name();
        }
        int columns = whole.shape().getLast().intValue();
        int width = columns / parts;
        List<Long> shape = new ArrayList<>(whole.shape());
        shape.set(shape.size() - 1, (long) width);
        String name = node.input(input) + "/" + part + " of " + parts;
        constants.put(name, new OnnxTensor(name, whole.type(), shape, whole.elements() / parts, () -> {
            var at = whole.opener().get();
            return index -> at.applyAsDouble(index / width * columns + part * width + index % width);
        }));
        return name;
    }
}
