package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * ALBERT: BERT's layers, of which several share their weights, over narrow embeddings.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/albert">the reference</a>
 */
final class Albert extends Bert {

    private static final PostNormBlock BLOCK = new PostNormBlock("attention.query", "attention.key",
            "attention.value", "attention.dense", "attention.LayerNorm", "ffn", "ffn_output",
            "full_layer_layer_norm");

    @Override
    public List<String> modelTypes() {
        return List.of("albert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "albert.");
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        requireKnown(config);
        double epsilon = config.positive("layer_norm_eps", defaultEpsilon());
        int features = config.size("hidden_size", 4096);
        int heads = config.heads("num_attention_heads", 64, features);
        PostNormBlock.Sizes sizes = new PostNormBlock.Sizes(features, config.size("intermediate_size", 16384),
                config.activation("hidden_act", "gelu_new"), epsilon);
        Value h = encoder.linear(encoder.layerNorm(embedded(encoder), "embeddings.LayerNorm", epsilon),
                "encoder.embedding_hidden_mapping_in", features);
        int layers = Encoder.layers(config, "num_hidden_layers", 12);
        int groups = config.size("num_hidden_groups", 1);
        int inner = config.size("inner_group_num", 1, Encoder.MOST_LAYERS / layers);
        for (int i = 0; i < layers; i++) {
            encoder.stage("hidden_states." + i, h);
            int group = (int) (i / ((double) layers / groups));
            for (int j = 0; j < inner; j++) {
                h = BLOCK.apply(encoder.part("encoder.albert_layer_groups." + group + ".albert_layers." + j),
                        i * inner + j, h, SelfAttention.of(heads, features / heads), sizes);
            }
        }
        return h;
    }

    @Override
    public Value pooler(EncoderScope encoder, Value hidden) {
        return encoder.weights().has("pooler.weight") ? pooled(encoder, hidden) : null;
    }

    private static Value pooled(EncoderScope encoder, Value hidden) {
        return encoder.firstRow(hidden, "pooler", Activation.TANH);
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(pooled(encoder, hidden), "classifier", labels);
    }

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        EncoderConfig config = encoder.config();
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead("predictions.dense",
                config.size("embedding_size", 128), config.activation("hidden_act", "gelu_new"),
                "predictions.LayerNorm", config.positive("layer_norm_eps", defaultEpsilon()), "predictions.decoder",
                List.of("predictions.bias", "predictions.decoder.bias"), wordTable()));
    }
}
