package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * ELECTRA, mostly its discriminator: BERT over embeddings that may be narrower than its layers.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/electra">the reference</a>
 */
final class Electra extends Bert {

    @Override
    public List<String> modelTypes() {
        return List.of("electra");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "electra.");
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        requireKnown(config);
        double epsilon = config.positive("layer_norm_eps", defaultEpsilon());
        int features = config.size("hidden_size", 256);
        Value h = encoder.layerNorm(embedded(encoder), "embeddings.LayerNorm", epsilon);
        if (config.size("embedding_size", 128) != features) {
            h = encoder.linear(h, "embeddings_project", features);
        }
        return layers(encoder, h, attention(encoder), epsilon);
    }

    @Override
    public Value pooler(EncoderScope encoder, Value hidden) {
        return null;
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(encoder.firstRow(hidden, "classifier.dense", Activation.GELU), "classifier.out_proj",
                labels);
    }

    @Override
    public String classifier() {
        return "classifier.out_proj";
    }

    /** The head of the generator, which is trained to say which word was masked. */
    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        EncoderConfig config = encoder.config();
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead("generator_predictions.dense",
                config.size("embedding_size", 128), Activation.GELU, "generator_predictions.LayerNorm",
                config.positive("layer_norm_eps", defaultEpsilon()), "generator_lm_head",
                List.of("generator_lm_head.bias"), wordTable()));
    }
}
