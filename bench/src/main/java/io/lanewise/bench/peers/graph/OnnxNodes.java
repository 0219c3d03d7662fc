package io.lanewise.bench.peers.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;

/** An ONNX graph that is being written, node after node; values are known by name. Not thread-safe. */
final class OnnxNodes {

    private static final long OPSET = 17; // the first with LayerNormalization
    private static final long IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("layer");
    private final Map<Object, String> constants = new HashMap<>(); // each is stored once
    private int nextName;

    /** Adds a node with one result and returns the name of that. */
    String add(String type, List<String> operands, AttributeProto... attributes) {
        String result = "v" + nextName++;
        graph.addNode(NodeProto.newBuilder().setOpType(type).setName(result).addAllInput(operands).addOutput(result)
                .addAllAttribute(List.of(attributes)));
        return result;
    }

    /** Adds a node with several results and returns the names of those. */
    List<String> addAll(String type, List<String> operands, int results, AttributeProto... attributes) {
        List<String> names = IntStream.range(0, results).mapToObj(_ -> "v" + nextName++).toList();
        graph.addNode(NodeProto.newBuilder().setOpType(type).setName(names.getFirst()).addAllInput(operands)
                .addAllOutput(names).addAllAttribute(List.of(attributes)));
        return names;
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)).build();
    }

    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name)
                .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF(value)
                .build();
    }

    /** Stores floats under a key, once, and returns their name; no dimensions make a scalar. */
    String floats(Object key, float[] values, long... dimensions) {
        return constants.computeIfAbsent(key, _ -> {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return store(TensorProto.DataType.FLOAT, bytes, dimensions);
        });
    }

    /** Stores a vector of integers, once, and returns its name. */
    String longs(Long... values) {
        return constants.computeIfAbsent(List.of(values), _ -> {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            List.of(values).forEach(bytes::putLong);
            return store(TensorProto.DataType.INT64, bytes.rewind(), values.length);
        });
    }

    /** Stores an integer alone, once, and returns its name. */
    String integer(long value) {
        return constants.computeIfAbsent(value, _ -> store(TensorProto.DataType.INT64,
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value)));
    }

    private String store(TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
        String name = "c" + nextName++;
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Adds an input; sizes above 0 are fixed, all others are known at run time. */
    void input(String name, TensorProto.DataType type, int... sizes) {
        graph.addInput(valueInfo(name, type, sizes));
    }

    /** Names a value as a result; its shape follows from how it was made. */
    void output(String name, String value) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
        graph.addOutput(ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()))));
    }

    private static ValueInfoProto valueInfo(String name, TensorProto.DataType type, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < sizes.length; axis++) {
            shape.addDim(sizes[axis] > 0
                    ? TensorShapeProto.Dimension.newBuilder().setDimValue(sizes[axis])
                    : TensorShapeProto.Dimension.newBuilder().setDimParam(name + "_" + axis));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }

    byte[] toBytes() {
        return ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("lanewise-bench").setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET)).build().toByteArray();
    }
}
