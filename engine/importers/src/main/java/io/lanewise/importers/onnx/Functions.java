package io.lanewise.importers.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.lanewise.LanewiseException;

import static io.lanewise.LanewiseException.quote;

/**
 * A model's own functions, which are written out where they are called: values within get the call's number in front, attributes
 * that refer to the function's get its values.
 */
final class Functions {

    private static final int MOST_NODES = 200_000;
    private static final int MOST_DEPTH = 16;

    private final Map<String, FunctionProto> functions = new HashMap<>();
    private int nodes;
    private int calls;

    Functions(List<FunctionProto> functions) {
        functions.forEach(function -> this.functions.put(
                key(function.getDomain(), function.getName(), function.getOverload()), function));
    }

    private static String key(String domain, String name, String overload) {
        return domain + "\0" + name + "\0" + overload;
    }

    /** Hands over the nodes in their order, with the nodes of functions in place of their calls. */
    void inline(List<NodeProto> list, Consumer<NodeProto> to) {
        inline(list, to, 0);
    }

    private void inline(List<NodeProto> list, Consumer<NodeProto> to, int depth) {
        for (NodeProto node : list) {
            FunctionProto function = functions.get(key(node.getDomain(), node.getOpType(), node.getOverload()));
            if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
                throw new LanewiseException("functions must not call each other without end: node=%s, function=%s"
                        .formatted(quote(node.getName()), quote(node.getOpType())));
            }
            if (function == null) {
                to.accept(node);
            } else {
                inline(written(node, function), to, depth + 1);
            }
        }
    }

    private List<NodeProto> written(NodeProto call, FunctionProto function) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
        }
        if (call.getOutputCount() > function.getOutputCount()) {
            throw new LanewiseException("a call must not have more outputs than its function: node=%s, function=%s"
                    .formatted(quote(call.getName()), quote(call.getOpType())));
        }
        for (int i = 0; i < call.getOutputCount(); i++) {
            names.put(function.getOutput(i), call.getOutput(i));
        }
        Map<String, AttributeProto> attributes = new HashMap<>();
        function.getAttributeProtoList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        call.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        String scope = call.getName() + "/" + ++calls + "/";
        return function.getNodeList().stream().map(node -> written(node, scope, names, attributes)).toList();
    }

    private static NodeProto written(NodeProto node, String scope, Map<String, String> names,
            Map<String, AttributeProto> attributes) {
        NodeProto.Builder written = node.toBuilder().clearInput().clearOutput().clearAttribute()
                .setName(scope + node.getName());
        node.getInputList().forEach(input -> written.addInput(renamed(input, scope, names)));
        node.getOutputList().forEach(output -> written.addOutput(renamed(output, scope, names)));
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getRefAttrName().isEmpty()) {
                written.addAttribute(attribute);
            } else if (attributes.containsKey(attribute.getRefAttrName())) {
                written.addAttribute(attributes.get(attribute.getRefAttrName()).toBuilder()
                        .setName(attribute.getName()));
            }
        }
        return written.build();
    }

    private static String renamed(String value, String scope, Map<String, String> names) {
        return value.isEmpty() ? value : names.computeIfAbsent(value, scope::concat);
    }
}
