package io.lanewise.importers.onnx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Functions are written out where they are called, however they call each other. */
class FunctionsTest {

    private static final String DOMAIN = "pkg.test";

    private static FunctionProto.Builder function(String name, String op, String domain) {
        NodeProto.Builder inner = NodeProto.newBuilder().setOpType(op).setDomain(domain).setName("inner").addInput("x")
                .addInput("w").addInput("b").addOutput("y");
        for (String attribute : List.of("axis", "epsilon")) {
            inner.addAttribute(AttributeProto.newBuilder().setName(attribute).setRefAttrName(attribute));
        }
        return FunctionProto.newBuilder().setName(name).setDomain(DOMAIN).addInput("x").addInput("w").addInput("b")
                .addOutput("y").addAttribute("axis").addAttribute("epsilon").addNode(inner);
    }

    private static ModelProto.Builder calling(String name) {
        ModelProto.Builder model = new TinyEncoder(TinyEncoder.Form.FUSED_NORMS).model("y");
        for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
            if (node.getOpType().equals("LayerNormalization")) {
                node.setOpType(name).setDomain(DOMAIN);
            }
        }
        return model;
    }

    private static RecoveredModel recovered(ModelProto model) throws IOException {
        return Recovery.of(new ByteArrayInputStream(model.toByteArray()), "test");
    }

    @Test
    void shouldWriteOutFunctionsThatCallFunctions() throws IOException {
        ModelProto model = calling("outer").addFunctions(function("outer", "inner", DOMAIN))
                .addFunctions(function("inner", "LayerNormalization", "")).build();
        TinyEncoder tiny = new TinyEncoder(TinyEncoder.Form.FUSED_NORMS);
        RecoveredModel recovered = recovered(model);
        tiny.weights().forEach((name, values) -> assertArrayEquals(values,
                recovered.weights().get(name).floats().get(), name));
        assertTrue(recovered.config().get("layer_norm_eps").equals(1e-12));
    }

    @Test
    void shouldRefuseFunctionsWithoutEnd() {
        ModelProto model = calling("f").addFunctions(function("f", "f", DOMAIN)).build();
        String message = assertThrows(LanewiseException.class, () -> recovered(model)).getMessage();
        assertTrue(message.startsWith("functions must not call each other without end"), message);
    }

    /** Each calls the one before it twice: a few hundred bytes for a million nodes. */
    @Test
    void shouldRefuseFunctionsThatGrowWithoutEnd() {
        ModelProto.Builder model = calling("f15");
        for (int i = 0; i < 16; i++) {
            FunctionProto.Builder function = function("f" + i, i == 0 ? "Neg" : "f" + (i - 1), i == 0 ? "" : DOMAIN);
            NodeProto first = function.getNode(0);
            for (int copy = 0; copy < 5; copy++) {
                function.addNode(first.toBuilder().clearOutput().addOutput("z" + copy));
            }
            model.addFunctions(function);
        }
        String message = assertThrows(LanewiseException.class, () -> recovered(model.build())).getMessage();
        assertTrue(message.startsWith("functions must not call each other without end"), message);
    }
}
