package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * DistilBERT: BERT's layers under other names, no token types, no pooler.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/distilbert">the reference</a>
 */
final class DistilBert implements Architecture {

    /** It is in the code, not among the settings. */
    private static final double EPSILON = 1e-12;

    private static final PostNormBlock BLOCK = new PostNormBlock("attention.q_lin", "attention.k_lin",
            "attention.v_lin", "attention.out_lin", "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm");

    @Override
    public List<String> modelTypes() {
        return List.of("distilbert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "distilbert.");
    }

    @Override
    public String wordTable() {
        return "embeddings.word_embeddings";
    }

    @Override
    public String typeTable() {
        return null;
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        int features = config.size("dim", 768);
        int heads = config.heads("n_heads", 12, features);
        PostNormBlock.Sizes sizes = new PostNormBlock.Sizes(features, config.size("hidden_dim", 3072),
                config.activation("activation", "gelu"), EPSILON);
        Value h = encoder.layerNorm(encoder.sum(encoder.embedded(wordTable(), encoder.ids()),
                encoder.embeddedPlaces("embeddings.position_embeddings")), "embeddings.LayerNorm", EPSILON);
        for (int i = 0; i < Encoder.layers(config, "n_layers", 6); i++) {
            encoder.stage("hidden_states." + i, h);
            h = BLOCK.apply(encoder.part("transformer.layer." + i), i, h, SelfAttention.of(heads, features / heads),
                    sizes);
        }
        return h;
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(encoder.firstRow(hidden, "pre_classifier", Activation.RELU), "classifier", labels);
    }

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead("vocab_transform", hidden.rows().features(),
                encoder.config().activation("activation", "gelu"), "vocab_layer_norm", EPSILON, "vocab_projector",
                List.of("vocab_projector.bias"), wordTable()));
    }
}
