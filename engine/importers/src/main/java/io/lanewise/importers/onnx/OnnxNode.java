package io.lanewise.importers.onnx;

import java.util.List;
import java.util.Map;

import ai.onnx.proto.OnnxMl.AttributeProto;

import static io.lanewise.LanewiseException.quote;

/**
 * One operation of a graph.
 *
 * @param inputs names of values; an empty name is an input that was left out. None is empty at the end
 * @param attributes by name
 */
record OnnxNode(String name, String op, List<String> inputs, List<String> outputs,
        Map<String, AttributeProto> attributes) {

    /** Returns an input's name; an empty one where it was left out. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** Returns a whole number among the attributes. */
    long integer(String attribute, long absent) {
        AttributeProto found = attributes.get(attribute);
        return found == null ? absent : found.getI();
    }

    /** Returns a number among the attributes. */
    float real(String attribute, float absent) {
        AttributeProto found = attributes.get(attribute);
        return found == null ? absent : found.getF();
    }

    /** Returns whole numbers among the attributes; null if there are none. */
    List<Long> integers(String attribute) {
        AttributeProto found = attributes.get(attribute);
        return found == null ? null : found.getIntsList();
    }

    /** Says which node this is, for messages. */
    String describe() {
        return "node=%s, op=%s".formatted(quote(name.isEmpty() ? "of " + outputs.getFirst() : name), quote(op));
    }
}
