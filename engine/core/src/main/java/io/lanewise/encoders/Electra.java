package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * ELECTRA's discriminator: BERT over embeddings that may be narrower than its layers.
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

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        throw new LanewiseException("a masked-language head is not known for this family: model_type=electra");
    }
}
