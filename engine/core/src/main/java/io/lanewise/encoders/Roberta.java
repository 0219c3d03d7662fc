package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * RoBERTa and its descendants in other languages: BERT's layers, places counted behind the id of padding.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/roberta">the reference</a>
 */
class Roberta extends Bert {

    @Override
    public List<String> modelTypes() {
        return List.of("xlm-roberta", "roberta", "camembert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "roberta.", "xlm-roberta.", "camembert.");
    }

    @Override
    Value embedded(EncoderScope encoder) {
        Value words = encoder.embedded(wordTable(), encoder.ids());
        return encoder.sum(encoder.sum(words, encoder.embeddedTypes(typeTable())), encoder.embeddedCounts(
                "embeddings.position_embeddings", encoder.config().sizeOrZero("pad_token_id", 1)));
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(encoder.firstRow(hidden, "classifier.dense", Activation.TANH), "classifier.out_proj",
                labels);
    }

    @Override
    public String classifier() {
        return "classifier.out_proj";
    }

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead("lm_head.dense",
                hidden.rows().features(), Activation.GELU,
                "lm_head.layer_norm", encoder.config().positive("layer_norm_eps", defaultEpsilon()),
                "lm_head.decoder", List.of("lm_head.bias", "lm_head.decoder.bias"), wordTable()));
    }
}
