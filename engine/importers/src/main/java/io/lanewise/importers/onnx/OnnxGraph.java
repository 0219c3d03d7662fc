package io.lanewise.importers.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import static io.lanewise.LanewiseException.quote;

/**
 * A graph without functions and without nodes that only hand on: constants, then nodes, each behind what it uses.
 *
 * @param inputs those that are no constants, in the file's order
 * @param outputs in the file's order, and which value each is
 * @param constants by the names of their values
 * @param nodes in an order in which they could be computed
 * @param opset the version of the operators
 * @param isHalf whether there are numbers of 16 bits, which are what they stand for to three digits or so
 * @param batch how many texts it is for; 0 for any number
 */
record OnnxGraph(List<String> inputs, SequencedMap<String, String> outputs, Map<String, OnnxTensor> constants,
        List<OnnxNode> nodes, long opset, int batch, Map<String, OnnxNode> makers, boolean isHalf) {

    static OnnxGraph of(List<String> inputs, SequencedMap<String, String> outputs, Map<String, OnnxTensor> constants,
            List<OnnxNode> nodes, long opset, int batch) {
        Map<String, OnnxNode> makers = new LinkedHashMap<>();
        nodes.forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
        boolean isHalf = constants.values().stream().anyMatch(constant -> constant.type().isTypedAsBits());
        return new OnnxGraph(inputs, outputs, constants, nodes, opset, batch, makers, isHalf);
    }

    /** Returns the node that a value comes from; null for inputs and constants. */
    OnnxNode maker(String value) {
        return makers.get(value);
    }

    /** Returns a constant; null for other values. */
    OnnxTensor constant(String value) {
        return constants.get(value);
    }

    /** Says where a value comes from, for messages. */
    String describe(String value) {
        OnnxNode maker = maker(value);
        if (maker != null) {
            return maker.describe();
        }
        return (constant(value) != null ? "constant=" : "input=") + quote(value);
    }
}
