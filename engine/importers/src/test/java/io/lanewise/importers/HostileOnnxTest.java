package io.lanewise.importers;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import io.lanewise.importers.onnx.GraphWriter;
import io.lanewise.importers.onnx.TinyEncoder;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that are broken, or made to do harm, are refused in one line, and cheaply. */
class HostileOnnxTest {

    private static final byte[] GOOD = new TinyEncoder().model("last_hidden_state").build().toByteArray();

    /** Reads the bytes, or refuses them. */
    private static String refusal(byte[] bytes) {
        try (ImportedModel model = OnnxImporter.read(new ByteArrayInputStream(bytes), "test")) {
            model.tensors().values().forEach(tensor -> assertNotNull(tensor.bytes().get()));
            return "";
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return refused.getMessage();
        }
    }

    private static void assertRefused(String expected, byte[] bytes) {
        String message = refusal(bytes);
        assertTrue(message.startsWith(expected), message);
    }

    @Test
    void shouldRefuseFilesThatAreCutOff() {
        for (int bytes = 0; bytes < GOOD.length; bytes += 97) {
            byte[] cut = Arrays.copyOf(GOOD, bytes);
            assertThrows(LanewiseException.class, () -> OnnxImporter.read(new ByteArrayInputStream(cut), "test"));
        }
    }

    @Test
    void shouldReadOrRefuseFilesWithFlippedBits() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] flipped = GOOD.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            FuzzedFile.requireCheap(16 << 20, () -> refusal(flipped));
        }
    }

    @Test
    void shouldRefuseGraphsInGraphsWithoutEnd() {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int i = 0; i < 300; i++) {
            graph = GraphProto.newBuilder().addNode(NodeProto.newBuilder().setOpType("If").addOutput("y")
                    .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(graph))).build();
        }
        assertRefused("file must be an ONNX file: file=test, reason=",
                ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    }

    /** A chain of a hundred thousand nodes must not be walked by calls that nest as deep. */
    @Test
    void shouldRefuseLongChains() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        String value = "y";
        for (int i = 0; i < 100_000; i++) {
            String next = "chain" + i;
            model.getGraphBuilder().addNode(NodeProto.newBuilder().setOpType("Erf").addInput(value).addOutput(next));
            value = next;
        }
        model.getGraphBuilder().getOutputBuilder(0).setName(value);
        assertRefused("graph must be that of an encoder that is known: node='of chain99999', op='Erf'",
                model.build().toByteArray());
    }

    /** Sizes that are computed may claim anything; nothing is allocated for more than a few tokens need. */
    @Test
    void shouldNotMakeWhatIsTooLarge() {
        GraphWriter writer = new GraphWriter();
        writer.input("input_ids");
        writer.input("attention_mask");
        String size = writer.wholes(1 << 30, 1 << 30);
        String large = writer.node("ConstantOfShape", List.of(size));
        for (int i = 0; i < 1000; i++) {
            String some = writer.node("ConstantOfShape", List.of(writer.wholes(1 << 18)));
            large = writer.node("Add", List.of(some, some));
        }
        writer.output("y", large);
        byte[] bytes = writer.model(13).build().toByteArray();
        FuzzedFile.requireCheap(128 << 20,
                () -> assertRefused("a graph must not do so much to ids, masks and sizes", bytes));
    }

    /** Sizes of fused attention may be claimed, too, by a weight that is spread without being made. */
    @Test
    void shouldNotMakeMasksThatAreTooLarge() {
        GraphWriter writer = new GraphWriter();
        writer.input("input_ids");
        writer.input("attention_mask");
        String spread = writer.node("Expand", List.of(writer.floats("weight", new float[2], 1, 1, 2),
                writer.wholes(30_000, 30_000, 2)));
        writer.output("y", writer.node("com.microsoft.MultiHeadAttention",
                List.of(spread, spread, spread, "", "attention_mask"), "num_heads", 1));
        byte[] bytes = writer.model(13).build().toByteArray();
        FuzzedFile.requireCheap(128 << 20,
                () -> assertRefused("graph must be that of an encoder that is known", bytes));
    }

    /** Each node makes the rank larger: a list of sizes a hundred thousand long, a hundred thousand times. */
    @Test
    void shouldNotFollowRanksWithoutEnd() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        String value = "input_ids";
        for (int i = 0; i < 100_000; i++) {
            String next = "chain" + i;
            model.getGraphBuilder().addNode(NodeProto.newBuilder().setOpType("Unsqueeze").addInput(value)
                    .addOutput(next).addAttribute(AttributeProto.newBuilder().setName("axes").addInts(0)));
            value = next;
        }
        model.getGraphBuilder().getOutputBuilder(0).setName(value);
        byte[] bytes = model.build().toByteArray();
        FuzzedFile.requireCheap(512 << 20,
                () -> assertRefused("graph must be that of an encoder that is known", bytes));
    }

    @Test
    void shouldRefuseMoreOutputsThanEncodersHave() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        for (int i = 0; i < 64; i++) {
            model.getGraphBuilder().addOutputBuilder().setName("y");
        }
        model.getGraphBuilder().getOutputBuilder(1).setName("input_ids");
        for (int i = 2; i < 65; i++) {
            model.getGraphBuilder().getOutputBuilder(i).setName(model.getGraph().getNode(i).getOutput(0));
        }
        assertRefused("a graph must have from 1 to 64 outputs: outputs=65", model.build().toByteArray());
    }

    @Test
    void shouldRefuseConstantsOfOtherKinds() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        model.getGraphBuilder().addInitializer(TensorProto.newBuilder().setName("text").setDataType(8));
        assertRefused("a constant's elements must be numbers that can be read: tensor='text', data_type=8",
                model.build().toByteArray());
    }
}
