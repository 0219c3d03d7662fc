package io.lanewise.encoders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

/** The same model, told in other ways: recorded results stay what they are. */
class FolderShapesTest {

    @TempDir
    private Path folder;

    private void assertComputes(EncoderCase golden) {
        SessionOptions options = SessionOptions.defaults().maxBatch(4).maxLength(160)
                .inputs(golden.inputs().names().toArray(String[]::new))
                .outputs(golden.recorded().toArray(String[]::new));
        try (Model model = Model.load(folder); Session session = model.newSession(options)) {
            golden.check(session.run(golden.inputs()));
        }
    }

    private void move(String file, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        Files.move(folder.resolve(file), folder.resolve(to));
    }

    /** What transformers saves of a folder of the hub has its own settings and the hub's names. */
    @Test
    void shouldTakeNomicsWeightsUnderTheHubsNamesWithTheSettingsOfTransformers() throws IOException {
        TinyFolder.copy("nomic_bert/odd", folder).write("config.json",
                Files.readString(EncoderCase.of("nomic_bert/odd-transformers").folder().resolve("config.json")));
        assertComputes(EncoderCase.of("nomic_bert/odd"));
    }

    @Test
    void shouldTakeNomicsWeightsUnderTheNamesOfTransformersWithTheSettingsOfTheHub() throws IOException {
        TinyFolder.copy("nomic_bert/odd-transformers", folder).write("config.json",
                Files.readString(EncoderCase.of("nomic_bert/odd").folder().resolve("config.json")));
        assertComputes(EncoderCase.of("nomic_bert/odd"));
    }

    @Test
    void shouldNameTheWeightsOfTheLayoutThatAFolderHas() {
        Map<String, TinyFolder.Weight> gone = new java.util.HashMap<>();
        gone.put("layers.1.mlp.gate_proj.weight", null);
        TinyFolder.copy("nomic_bert/odd-transformers", folder).weights(gone);
        assertEquals(
                "weights must be there: missing layers.1.mlp.gate_proj.weight, in '"
                        + folder.resolve("model.safetensors") + "'",
                assertThrowsExactly(LanewiseException.class, () -> Model.load(folder)).getMessage());
    }

    /** Older folders of sentence-transformers have the encoder in a folder of its own. */
    @Test
    void shouldFindTheEncoderWhereTheModulesSayThatItIs() throws IOException {
        TinyFolder tiny = TinyFolder.copy("bert/odd", folder);
        String modules = Files.readString(folder.resolve("modules.json"));
        tiny.write("modules.json", modules.replaceFirst("\"path\": \"\"", "\"path\": \"0_Transformer\""));
        for (String file : List.of("config.json", "model.safetensors")) {
            move(file, "0_Transformer/" + file);
        }
        assertComputes(EncoderCase.of("bert/odd"));
        move("0_Transformer/config.json", "config.json");
        assertEquals("a model's folder must have a config.json: folder=" + folder.resolve("0_Transformer"),
                assertThrowsExactly(LanewiseException.class, () -> Model.load(folder)).getMessage());
    }

    @Test
    void shouldTellJinasBertByWhoseCodeItIsToBeRunBy() {
        TinyFolder.copy("jina-bert-v2/odd", folder).config("position_embedding_type", null)
                .config("_name_or_path", null)
                .config("auto_map",
                        "{\"AutoModel\": \"jinaai/jina-bert-implementation--modeling_bert.JinaBertModel\"}");
        assertComputes(EncoderCase.of("jina-bert-v2/odd"));
    }

    @Test
    void shouldPassOverWhatIsForTrainingAlone() throws IOException {
        TinyFolder tiny = TinyFolder.copy("bert/odd", folder);
        tiny.write("modules.json", Files.readString(folder.resolve("modules.json")).replaceFirst("]\\s*$",
                ", {\"idx\": 9, \"name\": \"9\", \"path\": \"9_Dropout\", \"type\": \"sentence_transformers.models.Dropout\"}]"));
        assertComputes(EncoderCase.of("bert/odd"));
    }

    /** Rows of a prompt are left out by some, which makes no difference to a text without one. */
    @Test
    void shouldLoadAFolderThatPoolsWithoutThePrompt() {
        TinyFolder.copy("bert/odd", folder).write("1_Pooling/config.json",
                "{\"word_embedding_dimension\": 20, \"pooling_mode_cls_token\": true, \"include_prompt\": false}");
        assertComputes(EncoderCase.of("bert/odd"));
    }

    /** Without modules, words are pooled by the largest, as sentence-transformers does. */
    @Test
    void shouldPoolWordsWhereTheFolderDoesNotSayHow() {
        TinyFolder.copy("distilbert/odd-mlm", folder).delete("modules.json");
        assertComputes(EncoderCase.of("distilbert/odd-mlm"));
    }

    /** Decoders without a bias are a setting of one family. */
    @Test
    void shouldDoWithoutTheBiasOfADecoder() {
        Map<String, TinyFolder.Weight> gone = new java.util.HashMap<>();
        gone.put("decoder.bias", null);
        gone.put("model.decoder.bias", null);
        TinyFolder.copy("modernbert/odd-mlm", folder).weights(gone).config("decoder_bias", "false");
        Model.load(folder).close();
    }
}
