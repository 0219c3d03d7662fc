package io.lanewise.importers;

import java.io.ByteArrayInputStream;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.importers.onnx.TinyEncoder;
import io.lanewise.importers.onnx.TinyEncoder.Form;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Hands over graphs that are nearly an encoder's, and any bytes: they are imported or refused in one line. */
class OnnxFuzz {

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldImportOrRefuse(FuzzedDataProvider data) {
        byte[] bytes = data.consumeBoolean() ? nearlyRight(data) : data.consumeRemainingAsBytes();
        FuzzedFile.requireCheap((96 << 20) + 256L * bytes.length, () -> read(bytes));
    }

    private static void read(byte[] bytes) {
        try (ImportedModel model = OnnxImporter.read(new ByteArrayInputStream(bytes), "fuzz")) {
            model.tensors().values().forEach(tensor -> assertEquals(
                    tensor.shape().stream().reduce(4L, (a, b) -> a * b), tensor.bytes().get().byteSize()));
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }

    /** Forms that go with all others that have token types and a mask. */
    private static final Form[] ADDED = {Form.FUSED_NORMS, Form.AXES_AS_INPUTS, Form.COUNTED, Form.TANH_GELU};

    /** Exchanges operators, inputs and bytes of a graph that is right. */
    private static byte[] nearlyRight(FuzzedDataProvider data) {
        TinyEncoder tiny = new TinyEncoder(data.pickValue(Form.values()), data.pickValue(ADDED));
        EncoderHeads heads = new EncoderHeads(tiny);
        switch (data.consumeInt(0, 5)) {
            case 0 -> heads.mean();
            case 1 -> heads.classifier();
            case 2 -> heads.tokenClassifier();
            case 3 -> heads.splade();
            case 4 -> heads.hidden().cls();
            default -> heads.hidden();
        }
        ModelProto.Builder model = tiny.writer().model(data.pickValue(new int[]{11, 13, 17, 18, 20, 23}));
        GraphProto.Builder graph = model.getGraphBuilder();
        for (int i = data.consumeInt(0, 4); i > 0; i--) {
            NodeProto.Builder node = graph.getNodeBuilder(data.consumeInt(0, graph.getNodeCount() - 1));
            NodeProto.Builder other = graph.getNodeBuilder(data.consumeInt(0, graph.getNodeCount() - 1));
            switch (data.consumeInt(0, 3)) {
                case 0 -> node.setOpType(other.getOpType());
                case 1 -> node.addInput(other.getOutput(0));
                case 2 -> node.clearAttribute().addAllAttribute(other.getAttributeList());
                default -> {
                    if (node.getInputCount() > 0) {
                        node.setInput(data.consumeInt(0, node.getInputCount() - 1), other.getOutput(0));
                    }
                }
            }
        }
        byte[] bytes = model.build().toByteArray();
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
        }
        return bytes;
    }
}
