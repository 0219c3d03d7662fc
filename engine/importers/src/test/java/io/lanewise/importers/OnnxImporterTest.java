package io.lanewise.importers;

import java.io.ByteArrayInputStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import com.google.protobuf.ByteString;
import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.importers.onnx.TinyEncoder;
import io.lanewise.importers.onnx.TinyEncoder.Form;
import io.lanewise.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Models come back out of their graphs, bit by bit, whatever the exporter; what is no encoder is refused by the node. */
class OnnxImporterTest {

    static ImportedModel imported(ModelProto model) {
        return OnnxImporter.read(new ByteArrayInputStream(model.toByteArray()), "test");
    }

    static void assertWeights(Map<String, float[]> expected, ImportedModel model) {
        assertEquals(expected.keySet(), model.tensors().keySet());
        expected.forEach((name, values) -> assertArrayEquals(values,
                model.checkpoint().find(name).orElseThrow().floats().get(), name));
    }

    @ParameterizedTest
    @EnumSource(value = Form.class, names = {"NO_TYPES", "COUNTED", "RELATIVE", "DISTANCES", "TRANSLATED",
            "TRANSLATED_COUNTED"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldRecoverABert(Form form) {
        TinyEncoder tiny = new TinyEncoder(form);
        ImportedModel model = imported(tiny.model("last_hidden_state").build());
        assertWeights(tiny.weights(), model);
        Json config = model.config().orElseThrow();
        assertEquals("bert", config.get("model_type").text());
        assertEquals("BertModel", config.get("architectures").list().getFirst().text());
        assertEquals(List.of(11, 6, 2, 2, 10, 16, 2), Stream.of("vocab_size", "hidden_size", "num_hidden_layers",
                "num_attention_heads", "intermediate_size", "max_position_embeddings", "type_vocab_size")
                .map(name -> config.get(name).count()).toList());
        assertEquals(1e-12, config.get("layer_norm_eps").number());
        assertEquals(form == Form.TANH_GELU ? "gelu_pytorch_tanh" : "gelu", config.get("hidden_act").text());
        assertEquals(
                Set.of(Form.INTEGERS, Form.QUANTIZED_ROWS, Form.RUNTIME_INTEGERS, Form.RUNTIME_QUANTIZED)
                        .contains(form),
                model.isQuantized());
    }

    @ParameterizedTest
    @CsvSource({"TRANSLATED, bert", "TRANSLATED_COUNTED, roberta"})
    void shouldRecoverWhatItsOwnBenchWrites(Form form, String family) {
        TinyEncoder tiny = new TinyEncoder(form, Form.FUSED_NORMS);
        ImportedModel model = imported(tiny.model("last_hidden_state").build());
        assertWeights(tiny.weights(), model);
        assertEquals(family, model.config().orElseThrow().get("model_type").text());
        assertEquals(1, model.config().orElseThrow().get("type_vocab_size").count());
    }

    /** What may be written in either of several ways, independently of all else. */
    private static final List<List<Form>> CHOICES = List.of(
            List.of(Form.EXPANDED_MASK, Form.TRUTH_MASK, Form.SUBTRACTED_MASK, Form.WHERE_MASK, Form.NO_MASK),
            List.of(Form.SCALED_BEFORE), List.of(Form.LISTED_KEYS),
            List.of(Form.TRANSPOSES, Form.FLAT_LINEAR, Form.INTEGERS, Form.QUANTIZED_ROWS, Form.RUNTIME_INTEGERS),
            List.of(Form.FUSED_NORMS, Form.OTHER_NORMS, Form.POWERS), List.of(Form.TANH_GELU, Form.FUSED_GELU),
            List.of(Form.AXES_AS_INPUTS), List.of(Form.CONSTANT_NODES),
            List.of(Form.NO_TYPES, Form.ZERO_TYPES, Form.TRANSLATED));

    static List<List<Form>> mixtures() {
        Random random = new Random(11);
        return Stream.generate(() -> CHOICES.stream()
                .flatMap(forms -> Stream.of(random.nextInt(forms.size() + 1)).filter(i -> i < forms.size())
                        .map(forms::get))
                .toList()).filter(forms -> !forms.contains(Form.TRANSLATED) || forms.contains(Form.NO_MASK)
                        || forms.stream().noneMatch(CHOICES.getFirst()::contains))
                .distinct().limit(200).toList();
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void shouldRecoverAnyMixtureOfForms(List<Form> forms) {
        boolean isDistil = forms.contains(Form.NO_TYPES) && !forms.contains(Form.TRANSLATED);
        TinyEncoder tiny = new TinyEncoder(forms.toArray(Form[]::new));
        ImportedModel model = imported(tiny.model("last_hidden_state").build());
        assertEquals(isDistil ? "distilbert" : "bert", model.config().orElseThrow().get("model_type").text());
        assertWeights(renamed(isDistil ? "distilbert" : "bert", tiny.weights()), model);
    }

    static List<Arguments> families() {
        return List.of(Arguments.of("distilbert", new Form[]{Form.NO_TYPES, Form.WHERE_MASK}),
                Arguments.of("roberta", new Form[]{Form.ZERO_TYPES, Form.COUNTED}),
                Arguments.of("mpnet", new Form[]{Form.NO_TYPES, Form.COUNTED, Form.RELATIVE}),
                Arguments.of("mpnet", new Form[]{Form.NO_TYPES, Form.COUNTED, Form.DISTANCES}));
    }

    @ParameterizedTest
    @MethodSource("families")
    void shouldTellFamiliesByWhatTheyDo(String family, Form[] forms) {
        TinyEncoder tiny = new TinyEncoder(forms);
        ImportedModel model = imported(tiny.model("last_hidden_state").build());
        assertEquals(family, model.config().orElseThrow().get("model_type").text());
        assertWeights(renamed(family, tiny.weights()), model);
        if (!family.equals("distilbert")) {
            assertEquals(1, model.config().orElseThrow().get("pad_token_id").count());
        }
    }

    /** What families call otherwise than BERT; within a layer, the first that fits. */
    private static final Map<String, Map<String, String>> NAMES = Map.of("bert", Map.of(), "roberta", Map.of(),
            "distilbert", names("encoder.layer", "transformer.layer", "attention.self.query", "attention.q_lin",
                    "attention.self.key", "attention.k_lin", "attention.self.value", "attention.v_lin",
                    "attention.output.dense", "attention.out_lin", "attention.output.LayerNorm", "sa_layer_norm",
                    "intermediate.dense", "ffn.lin1", "output.dense", "ffn.lin2", "output.LayerNorm",
                    "output_layer_norm"),
            "mpnet", names("attention.self.query", "attention.attn.q", "attention.self.key", "attention.attn.k",
                    "attention.self.value", "attention.attn.v", "attention.output.dense", "attention.attn.o",
                    "attention.output.LayerNorm", "attention.LayerNorm"));

    private static Map<String, String> names(String... berts) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < berts.length; i += 2) {
            names.put(berts[i], berts[i + 1]);
        }
        return names;
    }

    private static Map<String, float[]> renamed(String family, Map<String, float[]> weights) {
        Map<String, float[]> renamed = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            String own = name;
            for (Map.Entry<String, String> other : NAMES.get(family).entrySet()) {
                own = own.replace(other.getKey(), other.getValue());
            }
            renamed.put(own, values);
        });
        return renamed;
    }

    // ---------------------------------------------------------------- what optimizers make of it

    /** Returns the numbers that a model makes of a text. */
    private static float[] numbers(ImportedModel imported, String output, ImportOptions options) {
        try (imported;
                Model model = Model.of(imported.encoder(options));
                Session session = model.newSession(SessionOptions.defaults().maxLength(4).outputs(output))) {
            FloatBuffer floats = session.run(Inputs.of("input_ids", Tensor.ids(new int[]{7, 1, 0, 9}, 1, 4)))
                    .floats(output);
            float[] numbers = new float[floats.remaining()];
            floats.get(numbers);
            return numbers;
        }
    }

    static List<Arguments> fused() {
        return List.of(Arguments.of(Form.FUSED_NORMS, new Form[]{Form.RUNTIME}),
                Arguments.of(Form.FUSED_NORMS, new Form[]{Form.RUNTIME_HEADS}),
                Arguments.of(Form.FUSED_NORMS, new Form[]{Form.RUNTIME_QUANTIZED}),
                Arguments.of(Form.TANH_GELU, new Form[]{Form.RUNTIME, Form.TANH_GELU}), // FastGelu
                Arguments.of(Form.FUSED_NORMS, new Form[]{Form.RUNTIME_PRODUCTS}),
                Arguments.of(Form.FUSED_NORMS, new Form[]{Form.RUNTIME_INTEGERS}));
    }

    @ParameterizedTest
    @MethodSource("fused")
    void shouldComputeWhatTheGraphDidBeforeItWasFused(Form before, Form[] forms) {
        TinyEncoder fused = new TinyEncoder(forms);
        TinyEncoder plain = new TinyEncoder(fused.weights(), before);
        ImportOptions pooling = ImportOptions.defaults().pooling("cls");
        assertArrayEquals(numbers(imported(plain.model("y").build()), "last_hidden_state", pooling),
                numbers(imported(fused.model("y").build()), "last_hidden_state", pooling));
    }

    /** FusedGemm: a linear layer and what is done to its numbers. */
    @ParameterizedTest
    @CsvSource({"tanh, ZERO_TYPES, COUNTED", "relu, NO_TYPES, NO_TYPES"})
    void shouldComputeWhatALinearLayerDidBeforeItWasFused(String activation, Form types, Form places) {
        TinyEncoder fused = new TinyEncoder(types, places);
        new EncoderHeads(fused).fusedClassifier(activation);
        TinyEncoder plain = new TinyEncoder(fused.weights(), types, places);
        new EncoderHeads(plain).classifier(activation);
        assertArrayEquals(numbers(imported(plain.writer().model(18).build()), "logits", ImportOptions.defaults()),
                numbers(imported(fused.writer().model(18).build()), "logits", ImportOptions.defaults()));
    }

    @Test
    void shouldRefuseALinearLayerThatIsFusedWithSomethingElse() {
        TinyEncoder tiny = new TinyEncoder(Form.NO_TYPES);
        new EncoderHeads(tiny).fusedClassifier("elu");
        assertRefused("op='com.microsoft.FusedGemm', expected", tiny.writer().model(18).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"last_hidden_state", "token_embeddings", "output_0"})
    void shouldNotCareWhatTheOutputIsCalled(String output) {
        TinyEncoder tiny = new TinyEncoder();
        assertWeights(tiny.weights(), imported(tiny.model(output).build()));
    }

    // ---------------------------------------------------------------- what stands on it

    private static ImportedModel with(Consumer<EncoderHeads> heads) {
        TinyEncoder tiny = new TinyEncoder();
        heads.accept(new EncoderHeads(tiny));
        return imported(tiny.writer().model(13).build());
    }

    @Test
    void shouldRecoverAPooler() {
        ImportedModel model = with(heads -> heads.hidden().pooler());
        assertEquals(List.of(6L, 6L), model.tensors().get("pooler.dense.weight").shape());
        assertEquals("BertModel", model.config().orElseThrow().get("architectures").list().getFirst().text());
    }

    @Test
    void shouldRecoverAClassifier() {
        ImportedModel model = with(EncoderHeads::classifier);
        assertEquals("BertForSequenceClassification",
                model.config().orElseThrow().get("architectures").list().getFirst().text());
        assertEquals(List.of(3L, 6L), model.tensors().get("classifier.weight").shape());
        assertEquals(List.of(6L, 6L), model.tensors().get("bert.pooler.dense.weight").shape());
        assertTrue(model.tensors().containsKey("bert.embeddings.word_embeddings.weight"));
    }

    @Test
    void shouldRecoverLabelsOfTokens() {
        ImportedModel model = with(EncoderHeads::tokenClassifier);
        assertEquals("BertForTokenClassification",
                model.config().orElseThrow().get("architectures").list().getFirst().text());
        assertEquals(List.of(3L, 6L), model.tensors().get("classifier.weight").shape());
    }

    @Test
    void shouldRecoverPooling() {
        assertEquals(new Pooling("mean", true, Pooling.Source.GRAPH),
                with(heads -> heads.hidden().mean()).pooling(ImportOptions.defaults()).orElseThrow());
        assertEquals(new Pooling("cls", false, Pooling.Source.GRAPH),
                with(heads -> heads.hidden().cls()).pooling(ImportOptions.defaults()).orElseThrow());
    }

    @Test
    void shouldRecoverHeadsOfOtherFamilies() {
        assertClassifier("roberta", "tanh", "classifier.dense", "classifier.out_proj", Form.ZERO_TYPES, Form.COUNTED);
        assertClassifier("distilbert", "relu", "pre_classifier", "classifier", Form.NO_TYPES);
        assertClassifier("mpnet", "tanh", "classifier.dense", "classifier.out_proj", Form.NO_TYPES, Form.COUNTED,
                Form.RELATIVE);
        assertClassifier("electra", "gelu", "classifier.dense", "classifier.out_proj", Form.AXES_AS_INPUTS);
    }

    private static void assertClassifier(String family, String activation, String dense, String out, Form... forms) {
        TinyEncoder tiny = new TinyEncoder(forms);
        new EncoderHeads(tiny).classifier(activation);
        ImportedModel model = imported(tiny.writer().model(18).build());
        assertEquals(family, model.config().orElseThrow().get("model_type").text());
        assertTrue(model.config().orElseThrow().get("architectures").list().getFirst().text()
                .endsWith("ForSequenceClassification"));
        assertEquals(List.of(6L, 6L), model.tensors().get(dense + ".weight").shape());
        assertEquals(List.of(3L, 6L), model.tensors().get(out + ".weight").shape());
    }

    @Test
    void shouldRecoverAHeadOfWords() {
        ImportedModel model = with(heads -> heads.words(false));
        assertEquals("BertForMaskedLM",
                model.config().orElseThrow().get("architectures").list().getFirst().text());
        assertEquals(List.of(11L, 6L), model.tensors().get("cls.predictions.decoder.weight").shape());
        assertEquals(List.of(11L), model.tensors().get("cls.predictions.bias").shape());
        assertTrue(model.tensors().containsKey("cls.predictions.transform.LayerNorm.bias"));
        assertTrue(model.pooling(ImportOptions.defaults()).isEmpty());
        assertEquals("splade", model.pooling(ImportOptions.defaults().pooling("splade")).orElseThrow().mode());
    }

    @Test
    void shouldNotWriteTheTableOfWordsTwice() {
        ImportedModel model = with(heads -> heads.words(true));
        assertTrue(model.tensors().containsKey("cls.predictions.bias"));
        assertTrue(!model.tensors().containsKey("cls.predictions.decoder.weight"));
    }

    @Test
    void shouldRecoverThePoolingOfWords() {
        ImportedModel model = with(EncoderHeads::splade);
        assertEquals(new Pooling("splade", false, Pooling.Source.GRAPH),
                model.pooling(ImportOptions.defaults()).orElseThrow());
    }

    // ---------------------------------------------------------------- what is refused

    private static void assertRefused(String expected, ModelProto model) {
        String message = assertThrows(LanewiseException.class, () -> imported(model)).getMessage();
        assertTrue(message.contains(expected), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void shouldNameTheNodeThatIsNotKnown() {
        TinyEncoder tiny = new TinyEncoder();
        ModelProto.Builder model = tiny.model("last_hidden_state");
        for (int i = 0; i < model.getGraph().getNodeCount(); i++) {
            if (model.getGraph().getNode(i).getOpType().equals("Erf")) {
                model.getGraphBuilder().getNodeBuilder(i).setOpType("Sin");
            }
        }
        String message = assertThrows(LanewiseException.class, () -> imported(model.build())).getMessage();
        assertTrue(message.matches(".*node='/Erf_\\d+', op='Sin', expected .*Erf.*, file=test"), message);
    }

    @Test
    void shouldRefuseAConvolution() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        model.getGraphBuilder().addNode(NodeProto.newBuilder().setOpType("Conv").setName("/conv")
                .addInput("y").addOutput("z"));
        model.getGraphBuilder().getOutputBuilder(0).setName("z");
        assertRefused("node='/conv', op='Conv', expected", model.build());
    }

    @Test
    void shouldRefuseInputsThatNobodyWouldFeed() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        model.getGraphBuilder().addInputBuilder().setName("pixel_values");
        assertRefused(
                "only encoders of texts are imported, whose inputs are input_ids, attention_mask and token_type_ids: inputs=['input_ids', 'attention_mask', 'token_type_ids', 'pixel_values']",
                model.build());
    }

    @Test
    void shouldRefuseAGraphForTextsOfOneLength() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        model.getGraphBuilder().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(128));
        assertRefused(
                "a graph must take texts of any length, export it with dynamic axes: input='input_ids' is [1, 128]",
                model.build());
    }

    @Test
    void shouldRefuseAMaskThatIsDeclaredAndNotUsed() {
        TinyEncoder tiny = new TinyEncoder(Form.NO_MASK);
        tiny.writer().input("attention_mask");
        assertRefused("expected a mask of padding, and of nothing else", tiny.model("y").build());
    }

    @Test
    void shouldRefuseADecodersAttention() {
        TinyEncoder tiny = new TinyEncoder(Form.ATTENTION);
        ModelProto.Builder model = tiny.model("y");
        for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
            if (node.getOpType().equals("Attention")) {
                node.addAttributeBuilder().setName("is_causal").setI(1);
            }
        }
        assertRefused("op='Attention', expected", model.build());
    }

    @Test
    void shouldRefuseAMaskThatHidesSomethingElse() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        for (int i = 0; i < model.getGraph().getNodeCount(); i++) {
            if (model.getGraph().getNode(i).getInputList().contains("attention_mask")) {
                model.getGraphBuilder().getNodeBuilder(i).setInput(0, "token_type_ids");
            }
        }
        assertRefused("expected a mask of padding, and of nothing else", model.build());
    }

    @Test
    void shouldRefuseDistancesThatShareNoBuckets() {
        ModelProto.Builder model = new TinyEncoder(Form.NO_TYPES, Form.COUNTED, Form.DISTANCES).model("y");
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            if (tensor.getName().equals("distances")) {
                byte[] bytes = tensor.getRawData().toByteArray();
                bytes[0] ^= 1; // the farthest distance, which shares its bucket with the next
                tensor.setRawData(ByteString.copyFrom(bytes));
            }
        }
        assertRefused("a weight must be the same for distances of one bucket: tensor='distances'", model.build());
    }

    @Test
    void shouldRefuseOtherVersions() {
        assertRefused("opset must be from 11 to 23: opset=9",
                new TinyEncoder().model("y").clearOpsetImport().addOpsetImport(
                        OperatorSetIdProto.newBuilder().setVersion(9)).build());
    }

    @Test
    void shouldRefuseACircle() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        model.getGraphBuilder().getNodeBuilder(0).setInput(0, "y");
        assertRefused("a value must be made before it is used: value='y'", model.build());
    }

    @Test
    void shouldRefuseWeightsThatDoNotFillTheirShape() {
        ModelProto.Builder model = new TinyEncoder().model("y");
        model.getGraphBuilder().getInitializerBuilder(0).setDims(0, Long.MAX_VALUE);
        assertRefused("a constant's elements must fill its shape", model.build());
    }
}
