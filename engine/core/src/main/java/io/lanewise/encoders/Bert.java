package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * BERT, and all that kept its layers and its names.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/bert">the reference</a>
 */
class Bert implements Architecture {

    @Override
    public List<String> modelTypes() {
        return List.of("bert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "bert.");
    }

    @Override
    public String wordTable() {
        return "embeddings.word_embeddings";
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        requireKnown(config);
        double epsilon = config.positive("layer_norm_eps", defaultEpsilon());
        Value h = encoder.layerNorm(embedded(encoder), "embeddings.LayerNorm", epsilon);
        return layers(encoder, h, attention(encoder), epsilon);
    }

    /** Refuses what classes of this family can be set to, but no encoder of texts is. */
    static void requireKnown(EncoderConfig config) {
        if (!config.text("position_embedding_type", "absolute").equals("absolute")) {
            throw config.json().get("position_embedding_type").unknown(List.of("absolute", "alibi"));
        }
        config.require("is_decoder", false);
    }

    double defaultEpsilon() {
        return 1e-12;
    }

    Value embedded(EncoderScope encoder) {
        Value words = encoder.embedded(wordTable(), encoder.ids());
        return encoder.sum(encoder.sum(words, encoder.embeddedTypes(typeTable())),
                encoder.embeddedPlaces("embeddings.position_embeddings"));
    }

    SelfAttention attention(EncoderScope encoder) {
        int features = encoder.config().size("hidden_size", 768);
        int heads = encoder.config().heads("num_attention_heads", 12, features);
        return SelfAttention.of(heads, features / heads);
    }

    PostNormBlock block() {
        return PostNormBlock.BERT;
    }

    final Value layers(EncoderScope encoder, Value embedded, SelfAttention attention, double epsilon) {
        EncoderConfig config = encoder.config();
        PostNormBlock.Sizes sizes = new PostNormBlock.Sizes(config.size("hidden_size", 768),
                config.size("intermediate_size", 3072), config.activation("hidden_act", "gelu"), epsilon);
        Value h = embedded;
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 12); i++) {
            encoder.stage("hidden_states." + i, h);
            h = block().apply(encoder.part("encoder.layer." + i), i, h, attention, sizes);
        }
        return h;
    }

    @Override
    public Value pooler(EncoderScope encoder, Value hidden) {
        return encoder.weights().has("pooler.dense.weight")
                ? encoder.firstRow(hidden, "pooler.dense", Activation.TANH)
                : null;
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(encoder.firstRow(hidden, "pooler.dense", Activation.TANH), "classifier", labels);
    }

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        EncoderConfig config = encoder.config();
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead("cls.predictions.transform.dense",
                hidden.rows().features(), config.activation("hidden_act", "gelu"),
                "cls.predictions.transform.LayerNorm",
                config.positive("layer_norm_eps", defaultEpsilon()), "cls.predictions.decoder",
                List.of("cls.predictions.bias", "cls.predictions.decoder.bias"), wordTable()));
    }
}
