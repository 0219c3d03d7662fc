package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/** Makes a graph of its messages: functions are inlined, and nodes that hand a value on are left out. */
final class GraphReader {

    private static final Set<String> HANDING_ON = Set.of("Identity", "Dropout");
    private static final int MOST_BATCH = 64;
    private static final int MOST_NODES = 400_000;

    private final GraphProto graph;
    private final ExternalData external;
    private final Functions functions;
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> handedOn = new HashMap<>();
    private final Map<String, OnnxTensor> constants = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, OnnxNode> makers = new HashMap<>();

    GraphReader(ModelProto model, ExternalData external) {
        this.graph = model.getGraph();
        this.external = external;
        this.functions = new Functions(model.getFunctionsList());
    }

    /** Says whether a domain is that of ONNX's own operators. */
    static boolean isOnnx(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    OnnxGraph graph(long opset) {
        if (graph.getSparseInitializerCount() > 0) {
            throw new LanewiseException("constants must not be sparse: sparse_initializer="
                    + graph.getSparseInitializerCount());
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            define(tensor.getName());
            constants.put(tensor.getName(), OnnxTensor.of(tensor.getName(), tensor, external));
        }
        List<String> inputs = graph.getInputList().stream().map(ValueInfoProto::getName)
                .filter(name -> !constants.containsKey(name)).toList();
        inputs.forEach(this::define);
        functions.inline(graph.getNodeList(), this::add);
        SequencedMap<String, String> outputs = new LinkedHashMap<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            outputs.put(output.getName(), find(output.getName(), "output=" + quote(output.getName())));
        }
        return OnnxGraph.of(inputs, outputs, constants, nodes, opset, batch(inputs));
    }

    /** Returns how many texts the graph is for; 0 where it takes any number. */
    private int batch(List<String> inputs) {
        int batch = 0;
        for (ValueInfoProto input : graph.getInputList()) {
            TensorShapeProto shape = input.getType().getTensorType().getShape();
            if (!inputs.contains(input.getName()) || shape.getDimCount() != 2) {
                continue;
            }
            if (shape.getDim(1).getDimValue() > 0) {
                throw new LanewiseException("a graph must take texts of any length, export it with dynamic axes: "
                        + "input=%s is [%s, %d]".formatted(quote(input.getName()),
                                shape.getDim(0).getDimValue() > 0 ? shape.getDim(0).getDimValue() : "any",
                                shape.getDim(1).getDimValue()));
            }
            batch = Math.clamp(shape.getDim(0).getDimValue(), 0, MOST_BATCH + 1);
        }
        if (batch > MOST_BATCH) {
            throw new LanewiseException("a graph must be for at most %d texts: batch=%d".formatted(MOST_BATCH, batch));
        }
        return batch;
    }

    private void add(NodeProto node) {
        String op = isOnnx(node.getDomain()) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
        if (node.getOutputCount() == 0) {
            throw new LanewiseException("a node must have an output: node=%s, op=%s".formatted(quote(node.getName()),
                    quote(op)));
        }
        if (op.equals("Constant")) {
            addConstant(node);
        } else if (HANDING_ON.contains(op) && node.getInputCount() > 0) {
            handedOn.put(node.getOutput(0), find(node.getInput(0), "node=" + quote(node.getName())));
            define(node.getOutput(0));
        } else {
            addNode(node, op);
        }
    }

    private void addNode(NodeProto node, String op) {
        List<String> inputs = new ArrayList<>();
        for (String input : node.getInputList()) {
            inputs.add(input.isEmpty() ? input : find(input, "node=" + quote(node.getName())));
        }
        while (!inputs.isEmpty() && inputs.getLast().isEmpty()) {
            inputs.removeLast();
        }
        Map<String, AttributeProto> attributes = new HashMap<>();
        node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        node.getOutputList().stream().filter(output -> !output.isEmpty()).forEach(this::define);
        OnnxNode read = new OnnxNode(node.getName(), op, List.copyOf(inputs), List.copyOf(node.getOutputList()),
                attributes);
        FusedOperators.writtenOut(read, constants, makers).forEach(this::put);
    }

    private void put(OnnxNode node) {
        nodes.add(node);
        if (nodes.size() > MOST_NODES) {
            throw new LanewiseException("a graph must have at most %d nodes: node=%s".formatted(MOST_NODES,
                    quote(node.name())));
        }
        for (String output : node.outputs()) {
            if (!output.isEmpty() && makers.put(output, node) != null) {
                throw new LanewiseException("a value must be made once: value=" + quote(output));
            }
        }
    }

    private void addConstant(NodeProto node) {
        String name = node.getOutput(0);
        define(name);
        TensorProto tensor = node.getAttributeList().stream().map(GraphReader::tensor).filter(found -> found != null)
                .findFirst().orElseThrow(() -> new LanewiseException(
                        "a constant must be a tensor or numbers: node=" + quote(node.getName())));
        constants.put(name, OnnxTensor.of(name, tensor, external));
    }

    private static TensorProto tensor(AttributeProto attribute) {
        return switch (attribute.getName()) {
            case "value" -> attribute.getT();
            case "value_float" -> TensorProto.newBuilder().setDataType(1).addFloatData(attribute.getF()).build();
            case "value_int" -> TensorProto.newBuilder().setDataType(7).addInt64Data(attribute.getI()).build();
            case "value_floats" -> TensorProto.newBuilder().setDataType(1).addDims(attribute.getFloatsCount())
                    .addAllFloatData(attribute.getFloatsList()).build();
            case "value_ints" -> TensorProto.newBuilder().setDataType(7).addDims(attribute.getIntsCount())
                    .addAllInt64Data(attribute.getIntsList()).build();
            default -> null;
        };
    }

    private void define(String value) {
        if (!known.add(value)) {
            throw new LanewiseException("a value must be made once: value=" + quote(value));
        }
    }

    /** Values must be made before they are used, which also keeps circles out. */
    private String find(String value, String user) {
        if (!known.contains(value)) {
            throw new LanewiseException(
                    "a value must be made before it is used: value=%s, %s".formatted(quote(value), user));
        }
        return handedOn.getOrDefault(value, value);
    }
}
