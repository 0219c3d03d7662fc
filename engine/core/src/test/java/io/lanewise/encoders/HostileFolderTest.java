package io.lanewise.encoders;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.encoders.TinyFolder.Weight;
import io.lanewise.weights.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Folders that lack something, hold something else, or name what lies outside: one line says so. */
class HostileFolderTest {

    @TempDir
    private Path folder;

    private TinyFolder tiny(String golden) {
        return TinyFolder.copy(golden, folder);
    }

    private void assertFolderRefused(String message) {
        String refused = assertThrows(LanewiseException.class, () -> Model.load(folder)).getMessage();
        assertEquals(message.replace("FOLDER", folder.toString()), refused);
    }

    // ---------------------------------------------------------------- files

    @Test
    void shouldRefuseAFolderWithoutAConfiguration() {
        tiny("bert/odd").delete("config.json");
        assertFolderRefused("a model's folder must have a config.json: folder=FOLDER");
    }

    @Test
    void shouldRefuseAFolderWithoutWeights() {
        tiny("bert/odd").delete("model.safetensors");
        assertFolderRefused(
                "a model's folder must have model.safetensors or model.safetensors.index.json: folder=FOLDER");
    }

    @Test
    void shouldSayWhatToDoWithAPickle() {
        tiny("bert/odd").delete("model.safetensors").write("pytorch_model.bin", "PK");
        assertFolderRefused("weights must be in safetensors: folder=FOLDER has pytorch_model.bin alone, which "
                + "`lanewise import` converts");
    }

    @Test
    void shouldRefuseAFolderWhereAFileShouldBe() {
        tiny("bert/odd").delete("model.safetensors").write("model.safetensors/x", "x");
        assertFolderRefused("file must not be a directory: file=FOLDER/model.safetensors");
    }

    // ---------------------------------------------------------------- modules.json

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", "/etc", "1_Pooling/../../x", "a\\b", "C:x", "a\0b"})
    void shouldKeepModulesInTheFolder(String path) {
        String json = path.replace("\\", "\\\\").replace("\0", "\\u0000");
        tiny("bert/odd").write("modules.json", "[{\"path\": \"" + json + "\", \"type\": \"x.Pooling\"}]");
        assertFolderRefused(
                "a module must lie in the model's folder: $[0].path='" + path.replace("\0", "\\u0000") + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": 1} | $ must be an array: found an object
            [1] | $[0] must be an object: found 1
            [{"path": ""}] | $[0] must have a member type: found [path]
            [{"type": "x.Pooling"}] | $[0] must have a member path: found [type]
            [{"path": 1, "type": "x.Pooling"}] | $[0].path must be a string: found 1
            [{"path": "", "type": "x.WordEmbeddings"}] | $[0].type must be one of [Transformer, MLMTransformer, Pooling, Dense, Normalize, SpladePooling, Dropout]: found 'x.WordEmbeddings'
            [{"path": "missing", "type": "x.Pooling"}] | file must be readable: file=FOLDER/missing/config.json
            [{"path": "1_Pooling", "type": "Pooling"}, {"path": "1_Pooling", "type": "Pooling"}] | pooling must come before all else, and once: folder=FOLDER
            [{"path": "", "type": "x.Transformer"}, {"path": "1", "type": "x.Transformer"}] | modules must have one encoder: $[0].type and $[1].type
            [{"path": "1_Pooling", "type": "SpladePooling"}] | sparse embeddings need a masked-language head: folder=FOLDER
            """)
    void shouldRefuseModulesThatAreNotKnown(String modules, String message) {
        tiny("bert/odd").write("modules.json", modules);
        assertFolderRefused(message);
    }

    /** A tokenizer needs no more than the encoder's folder: what comes behind it may be large. */
    @Test
    void shouldFindTheEncoderWithoutReadingWhatComesBehindIt() {
        tiny("bert/odd").write("modules.json", "[{\"path\": \"0_Transformer\", \"type\": \"x.Transformer\"}, "
                + "{\"path\": \"missing\", \"type\": \"x.Dense\"}]");
        assertEquals(folder.resolve("0_Transformer"), ModelFolder.encoderOf(folder));
    }

    @Test
    void shouldRefuseModulesWithoutEnd() {
        String normalize = "{\"path\": \"\", \"type\": \"Normalize\"}";
        tiny("bert/odd").write("modules.json", "[" + (normalize + ",").repeat(9_999) + normalize + "]");
        assertFolderRefused("modules must be at most 16: modules=10000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {} | pooling must have a mode: found none in $
            {"pooling_mode": "median"} | $.pooling_mode must be one of [cls, max, mean, mean_sqrt_len_tokens, weightedmean, lasttoken]: found 'median'
            {"pooling_mode": ["mean", "mean"]} | pooling must have each mode once: found 2 in $, of which 1 differ
            {"pooling_mode_cls_token": 1} | $.pooling_mode_cls_token must be true or false: found 1
            """)
    void shouldRefuseAPoolingThatIsNotKnown(String pooling, String message) {
        tiny("bert/odd").write("1_Pooling/config.json", pooling);
        assertFolderRefused(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {} | in_features must be from 1 to 131072: in_features=0
            {"in_features": 13, "out_features": 12} | in_features must be as many as come in: in_features=13, features=20, in FOLDER/2_Dense/model.safetensors
            {"in_features": 20, "out_features": 13} | weight must be F32 [13, 20]: linear.weight in FOLDER/2_Dense/model.safetensors
            {"in_features": 20, "out_features": 12, "activation_function": "torch.nn.Foo"} | $.activation_function must be one of [GELU, Identity, Mish, ReLU, SiLU, Sigmoid, Tanh]: found 'torch.nn.Foo'
            {"in_features": 20, "out_features": 12, "module_input_name": "token_embeddings"} | $.module_input_name must be one of [sentence_embedding]: found 'token_embeddings'
            {"in_features": 20, "out_features": 12, "use_residual": true} | weight must be F32 [12, 20]: residual.weight in FOLDER/2_Dense/model.safetensors
            """)
    void shouldRefuseADenseLayerThatDoesNotFit(String dense, String message) {
        tiny("distilbert/odd").write("2_Dense/config.json", dense);
        assertFolderRefused(message);
    }

    @Test
    void shouldSayWhatToDoWithAPickleOfADenseLayer() {
        tiny("distilbert/odd").delete("2_Dense/model.safetensors").write("2_Dense/pytorch_model.bin", "PK");
        assertFolderRefused("weights must be in safetensors: folder=FOLDER/2_Dense has pytorch_model.bin alone, which "
                + "`lanewise import` converts");
    }

    // ---------------------------------------------------------------- shards

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {} | $ must have a member weight_map: found []
            {"weight_map": {"a": 1}} | $.weight_map.a must be a string: found 1
            {"weight_map": {"a": "../x.safetensors"}} | a shard must be a file of the folder: $.weight_map.a='../x.safetensors'
            {"weight_map": {"a": ".."}} | a shard must be a file of the folder: $.weight_map.a='..'
            {"weight_map": {"a": "/etc/passwd"}} | a shard must be a file of the folder: $.weight_map.a='/etc/passwd'
            {"weight_map": {"a": "none.safetensors"}} | file must exist: file=FOLDER/none.safetensors
            {"weight_map": {"a": "model-00001-of-00002.safetensors"}} | file must hold the weight that the index says: 'a', file=FOLDER/model-00001-of-00002.safetensors
            {"weight_map": {"a": "x", "a": "y"}} | a member must come once: $.weight_map.a, file=FOLDER/model.safetensors.index.json
            {"weight_map": {}} | weights must be there: missing embeddings.word_embeddings.weight or bert.embeddings.word_embeddings.weight, in 'FOLDER'
            """)
    void shouldRefuseAnIndexThatIsNotTheShards(String index, String message) {
        tiny("bert/odd-shards").write("model.safetensors.index.json", index);
        assertFolderRefused(message);
    }

    // ---------------------------------------------------------------- weights

    private static Map<String, Weight> weight(String name, Weight weight) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put(name, weight);
        return weights;
    }

    @Test
    void shouldNameEveryMissingWeightAndTheNamesThatWereTried() {
        Map<String, Weight> gone = weight("bert.embeddings.position_embeddings.weight", null);
        gone.put("bert.embeddings.LayerNorm.bias", null);
        gone.put("bert.encoder.layer.1.output.dense.weight", null);
        gone.put("classifier.weight", null);
        tiny("bert/odd-token").weights(gone);
        assertFolderRefused("weights must be there: missing bert.embeddings.position_embeddings.weight or "
                + "embeddings.position_embeddings.weight; bert.embeddings.LayerNorm.bias or embeddings.LayerNorm.bias or "
                + "bert.embeddings.LayerNorm.beta or embeddings.LayerNorm.beta [20]; "
                + "bert.encoder.layer.1.output.dense.weight or encoder.layer.1.output.dense.weight [20, 28]; "
                + "bert.classifier.weight or classifier.weight, in 'FOLDER/model.safetensors'");
    }

    @Test
    void shouldNameAMissingTableOfIds() {
        tiny("bert/odd").weights(weight("embeddings.word_embeddings.weight", null));
        assertFolderRefused("weights must be there: missing embeddings.word_embeddings.weight or "
                + "bert.embeddings.word_embeddings.weight, in 'FOLDER/model.safetensors'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            embeddings.word_embeddings.weight | U8 | 61,20 | [61, 20]
            embeddings.word_embeddings.weight | F32 | 61,20,1 | [61, 20]
            embeddings.position_embeddings.weight | F32 | 32,19 | [32, 20]
            embeddings.token_type_embeddings.weight | F32 | 20 | [20, 20]
            encoder.layer.0.attention.self.query.weight | F32 | 20,19 | [20, 20]
            encoder.layer.1.output.dense.weight | F64 | 20,28 | [20, 28]
            encoder.layer.1.output.dense.bias | I64 | 20 | [20]
            pooler.dense.weight | F32 | 19,20 | [20, 20]
            """)
    void shouldRefuseWeightsOfAnotherShapeOrType(String name, TensorType type, String sizes, String expected) {
        long[] shape = java.util.Arrays.stream(sizes.split(",")).mapToLong(Long::parseLong).toArray();
        tiny("bert/odd").weights(weight(name, Weight.zeros(type, shape)));
        assertFolderRefused("weight must be F32 (or F16, BF16) %s: %s is %s %s, in FOLDER/model.safetensors".formatted(
                expected, name, type, java.util.Arrays.toString(shape)));
    }

    @Test
    void shouldRefuseATableWithoutRows() {
        tiny("bert/odd").weights(weight("embeddings.word_embeddings.weight", Weight.zeros(TensorType.F32, 0, 20)));
        assertFolderRefused(
                "weight must have a size from 1 on at axis 0: embeddings.word_embeddings.weight is F32 [0, 20]");
    }

    /** REPORTS A9: a tensor that nobody needs makes nothing unreadable, of whatever type and length it is. */
    @ParameterizedTest
    @ValueSource(strings = {"U8", "I8", "BOOL", "F64", "I64", "F8_E4M3"})
    void shouldNotMindTensorsThatNobodyNeeds(TensorType type) {
        Map<String, Weight> more = weight("embeddings.position_ids", Weight.zeros(type, 1, 7));
        more.put("zz.quantized", Weight.zeros(TensorType.U8, 3));
        tiny("bert/odd").weights(more);
        EncoderCase golden = EncoderCase.of("bert/odd");
        try (Model model = Model.load(folder); Session session = model.newSession()) {
            assertEquals(3, session.run(TokenSamples.of(golden).padded(0, 0, 1, 2)).shape("sentence_embedding")[0]);
        }
    }
}
