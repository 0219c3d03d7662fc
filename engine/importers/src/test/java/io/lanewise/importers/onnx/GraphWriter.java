package io.lanewise.importers.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;

/** Writes a graph node by node, as an exporter does. */
public final class GraphWriter {

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private int values;

    public GraphProto.Builder graph() {
        return graph;
    }

    /** Adds a node; attributes are pairs of a name and a number, a list of numbers or a text. Returns its first output. */
    public String node(String op, List<String> inputs, Object... attributes) {
        String output = op + "_" + ++values;
        graph.addNode(node(op, output, inputs, attributes));
        return output;
    }

    /** Adds a node with several outputs, whose names follow the first's. */
    public String[] nodes(String op, int outputs, List<String> inputs) {
        int dot = op.lastIndexOf('.');
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(op.substring(dot + 1))
                .setDomain(op.substring(0, Math.max(0, dot))).setName("/" + op + "_" + ++values).addAllInput(inputs);
        String[] names = new String[outputs];
        for (int i = 0; i < outputs; i++) {
            names[i] = op + "_" + values + "." + i;
            node.addOutput(names[i]);
        }
        graph.addNode(node);
        return names;
    }

    static NodeProto node(String op, String output, List<String> inputs, Object... attributes) {
        int dot = op.lastIndexOf('.');
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(op.substring(dot + 1)).setName("/" + output)
                .setDomain(op.substring(0, Math.max(0, dot))).addAllInput(inputs).addOutput(output);
        for (int i = 0; i < attributes.length; i += 2) {
            node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
        }
        return node.build();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        switch (value) {
            case Integer number -> attribute.setType(AttributeProto.AttributeType.INT).setI(number);
            case Float number -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
            case long[] numbers -> {
                attribute.setType(AttributeProto.AttributeType.INTS);
                Arrays.stream(numbers).forEach(attribute::addInts);
            }
            case String text -> attribute.setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text));
            case TensorProto tensor -> attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor);
            default -> throw new IllegalArgumentException("attribute: " + name);
        }
        return attribute.build();
    }

    /** Adds a constant node of one float. */
    public String number(double value) {
        return node("Constant", List.of(), "value",
                TensorProto.newBuilder().setDataType(1).addFloatData((float) value).build());
    }

    /** Adds a constant node of one float of 16 bits. */
    public String half(double value) {
        return node("Constant", List.of(), "value", TensorProto.newBuilder().setDataType(10)
                .addInt32Data(Float.floatToFloat16((float) value) & 0xffff).build());
    }

    /** Adds an initializer of floats of 16 bits. */
    public String halfs(String name, float[] values, long... shape) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToFloat16(values[i]) & 0xffff);
        return bytes(name, 10, bits, shape);
    }

    /** Adds a constant node of floats. */
    public String constant(String name, float[] values, long... shape) {
        graph.addNode(node("Constant", name, List.of(), "value", tensor("", values, shape)));
        return name;
    }

    /** Adds a constant node of one whole number. */
    public String whole(long value) {
        return node("Constant", List.of(), "value",
                TensorProto.newBuilder().setDataType(7).addInt64Data(value).build());
    }

    /** Adds a constant node of some whole numbers. */
    public String wholes(long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(7).addDims(values.length);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        return node("Constant", List.of(), "value", tensor.build());
    }

    /** Adds an initializer of floats as raw bytes. */
    public String floats(String name, float[] values, long... shape) {
        graph.addInitializer(tensor(name, values, shape));
        return name;
    }

    static TensorProto tensor(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1)
                .setRawData(ByteString.copyFrom(bytes));
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor.build();
    }

    /** Adds an initializer of bytes. */
    public String bytes(String name, int type, int[] values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        Arrays.stream(values).forEach(tensor::addInt32Data);
        Arrays.stream(shape).forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    public void input(String name) {
        graph.addInput(ValueInfoProto.newBuilder().setName(name));
    }

    /** Names a value as an output. */
    public void output(String name, String value) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").setName("/" + name).addInput(value).addOutput(name));
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    }

    public ModelProto.Builder model(int opset) {
        return ModelProto.newBuilder().setIrVersion(8).addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph);
    }
}
