package io.lanewise.encoders;

import java.nio.file.Path;
import java.util.stream.Stream;

import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lanewise.Thrown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Settings that nobody means: the model is loaded all the same, or one line says what is wrong. */
class HostileConfigTest {

    private static final String[] VALUES = {"null", "7", "1e300", "\"a\\nb\""};

    @TempDir
    private Path folder;

    /** Every setting of some families with values of some kinds; {@link EncoderFolderFuzz} tries others. */
    @ParameterizedTest
    @ValueSource(strings = {"bert/odd-rerank", "modernbert/odd-sequence", "deberta-v2/odd", "gemma3_text/lanes",
            "nomic_bert/odd-transformers"})
    void shouldLoadOrRefuseInOneLineWhateverASettingIs(String golden) {
        TinyFolder tiny = TinyFolder.copy(golden, folder);
        int turn = 0;
        for (String name : tiny.settings()) {
            String before = tiny.config(name);
            for (int i = 0; i < Tries.of(VALUES.length / 2, VALUES.length); i++) {
                String value = VALUES[turn++ % VALUES.length];
                tiny.config(name, value);
                loadOrRefuse(golden + ": " + name + "=" + value);
            }
            tiny.config(name, before);
        }
    }

    private void loadOrRefuse(String what) {
        try {
            Model.load(folder).close();
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), what);
        } catch (RuntimeException wrong) {
            throw new AssertionError(what, wrong);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            bert/odd | model_type | null | config.json must say what it configures: missing model_type
            bert/odd | model_type | 1 | $.model_type must be a string: found 1
            bert/odd | hidden_act | "glu2" | $.hidden_act must be one of [gelu, gelu_10, gelu_fast, gelu_new, gelu_python, gelu_pytorch_tanh, mish, quick_gelu, relu, silu, swish, tanh]: found 'glu2'
            bert/odd | position_embedding_type | "relative_key" | $.position_embedding_type must be one of [absolute, alibi]: found 'relative_key'
            bert/odd | hidden_size | -20 | $.hidden_size must be a whole number, not negative: found -20
            bert/odd | hidden_size | 1000000 | hidden_size must be from 1 to 131072: hidden_size=1000000
            bert/odd | hidden_size | 40 | embeddings must have the hidden size: features=20, hidden size=40
            bert/odd | num_attention_heads | 3 | heads must divide the features: num_attention_heads=3, features=20
            bert/odd | num_hidden_layers | 0 | num_hidden_layers must be from 1 to 128: num_hidden_layers=0
            bert/odd | num_hidden_layers | 1000000 | num_hidden_layers must be from 1 to 128: num_hidden_layers=1000000
            bert/odd | layer_norm_eps | 0 | layer_norm_eps must be above 0: layer_norm_eps=0.0
            bert/odd | architectures | "BertModel" | $.architectures must be an array: found 'BertModel'
            xlm-roberta/odd | pad_token_id | 33 | pad_token_id must leave rows of the position table: pad_token_id=33, rows=34
            modernbert/odd | max_position_embeddings | 2147483648 | $.max_position_embeddings must be a whole number, not negative: found 2147483648
            modernbert/odd | num_attention_heads | 4 | heads must have an even number of features to be rotated: features=5
            modernbert/odd | hidden_size | 40 | hidden_size must be the columns of the table of ids: hidden_size=40, columns=20
            modernbert/odd | layer_types | ["full_attention"] | $.layer_types must be one of [a type for each layer]: found an array
            modernbert/odd | rope_parameters | {} | $.rope_parameters must have a member full_attention: found []
            nomic_bert/odd | activation_function | "xglu" | $.activation_function must be one of [gelu, gelu_10, gelu_fast, gelu_new, gelu_python, gelu_pytorch_tanh, mish, quick_gelu, relu, silu, swish, tanh]: found 'xglu'
            nomic_bert/odd | num_experts | 8 | experts are not known for this family, only feed-forwards with one path are: num_experts=8
            nomic_bert/odd | prenorm | true | prenorm must be false: prenorm=true
            new/odd | rope_scaling | {"type": "yarn", "factor": 2.0} | $.rope_scaling.type must be one of [ntk]: found 'yarn'
            new/odd | logn_attention_scale | true | logn_attention_scale must be false: logn_attention_scale=true
            qwen3/odd | rope_scaling | {"rope_type": "linear"} | $.rope_scaling.rope_type must be one of [default]: found 'linear'
            qwen3/odd | head_dim | 5 | heads must have an even number of features to be rotated: features=5
            qwen3/odd | num_key_value_heads | 3 | num_key_value_heads must divide num_attention_heads: 3, 2
            deberta-v2/odd | conv_kernel_size | 3 | a convolution is not known for this family: conv_kernel_size=3
            albert/odd | inner_group_num | 33 | inner_group_num must be from 1 to 32: inner_group_num=33
            bert/odd | is_decoder | true | is_decoder must be false: is_decoder=true
            electra/odd | position_embedding_type | "relative_key" | $.position_embedding_type must be one of [absolute, alibi]: found 'relative_key'
            albert/odd | position_embedding_type | "relative_key_query" | $.position_embedding_type must be one of [absolute, alibi]: found 'relative_key_query'
            mpnet/odd | relative_attention_num_buckets | 31 | relative_attention_num_buckets must be at least 32: 31
            gemma3_text/odd | attn_logit_softcapping | 50.0 | attn_logit_softcapping must not be set: attn_logit_softcapping=50.0
            gemma3_text/odd | num_key_value_heads | 3 | num_key_value_heads must divide num_attention_heads: 3, 2
            gemma3_text/odd | head_dim | 5 | heads must have an even number of features to be rotated: features=5
            gemma3_text/odd | rope_scaling | {"rope_type": "linear", "factor": 8.0} | $.rope_scaling.rope_type must be one of [default]: found 'linear'
            gemma3_text/lanes | layer_types | ["full_attention"] | $.layer_types must be one of [a type for each layer]: found an array
            qwen3/odd | layer_types | ["full_attention", "sliding_attention"] | $.layer_types[1] must be one of [full_attention]: found 'sliding_attention'
            nomic_bert/odd-transformers | rope_parameters | {"rope_type": "yarn"} | $.rope_parameters.rope_type must be one of [default]: found 'yarn'
            nomic_bert/odd-transformers | rope_scaling | {"type": "dynamic", "factor": 2.0} | $.rope_scaling.type must be one of [default]: found 'dynamic'
            modernbert/odd | rope_scaling | {"rope_type": "yarn", "factor": 4.0} | $.rope_scaling.rope_type must be one of [default]: found 'yarn'
            jina-bert-v2/odd | feed_forward_type | "original" | feed_forward_type must be one of geglu, reglu: feed_forward_type=original
            """)
    void shouldSayWhatIsWrong(String golden, String name, String value, String message) {
        TinyFolder.copy(golden, folder).config(name, value);
        assertRefused(message, () -> Model.load(folder));
    }

    @Test
    void shouldNameTheFamiliesThatAreKnown() {
        TinyFolder.copy("bert/odd", folder).config("model_type", "\"t5\"");
        assertRefused(
                "$.model_type must be one of [albert, bert, camembert, deberta-v2, distilbert, electra, gemma3_text, "
                        + "modernbert, mpnet, new, nomic_bert, qwen3, roberta, xlm-roberta]: found 't5'",
                () -> Model.load(folder));
    }

    /** Tables are padded by some families, which say so; else a table that is not the setting's is another model's. */
    @Test
    void shouldRefuseAVocabularyThatIsNotTheTables() {
        TinyFolder tiny = TinyFolder.copy("bert/odd", folder).config("vocab_size", "60");
        String message = "vocab_size must be the rows of embeddings.word_embeddings: vocab_size=60, rows=61, in "
                + folder;
        assertRefused(message, () -> Model.load(folder));
        tiny.config("pad_vocab_size_multiple", "64");
        Model.load(folder).close();
        tiny.config("vocab_size", "62");
        assertRefused(message.replace("=60", "=62"), () -> Model.load(folder));
    }

    /** A rotary table or one of distances is made on a file's word: of so many places that a session can still be opened. */
    @ParameterizedTest
    @ValueSource(strings = {"qwen3/odd", "gemma3_text/odd", "modernbert/odd", "new/odd", "jina-bert-v2/odd",
            "mpnet/odd"})
    void shouldTakeLittleMemoryForPlacesThatNobodyHas(String golden) {
        TinyFolder.copy(golden, folder).config("max_position_embeddings", "2147483647");
        try (Model model = Model.load(folder);
                Session session = model.newSession(SessionOptions.defaults().maxBatch(1).maxLength(2))) {
            session.run(Inputs.of("input_ids", Tensor.ids(new int[]{4, 5}, 1, 2)));
            assertEquals(true, model.longest() <= 1 << 16, () -> golden + ": longest=" + model.longest());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', emptyValue = "", textBlock = """
            ~~ | file must be JSON: End of input at line 1 column 1 path $, file=FILE
            [] | $ must be an object: found an array
            {"a": 1, "a": 2} | a member must come once: $.a, file=FILE
            {} {} | nothing may follow the JSON value, file=FILE
            {} | config.json must say what it configures: missing model_type
            """)
    void shouldRefuseWhatIsNoConfiguration(String text, String message) {
        TinyFolder.copy("bert/odd", folder).write("config.json", text);
        assertRefused(message.replace("FILE", folder.resolve("config.json").toString()), () -> Model.load(folder));
    }

    @Test
    void shouldRefuseAnOverlongName() {
        TinyFolder.copy("bert/odd", folder).write("config.json", "{\"" + "x".repeat(50_001) + "\": 1}");
        assertRefused(
                "a string must not be longer than 50000: at=$, length=50001, file=" + folder.resolve("config.json"),
                () -> Model.load(folder));
    }
}
