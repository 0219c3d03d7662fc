package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;

/** A family of encoders: what it is called, where its weights are, and its mathematics as a graph. Stateless. */
interface Architecture {

    /** Returns the names that {@code config.json} gives it as {@code model_type}. */
    List<String> modelTypes();

    /** Says whether these are the settings of this family rather than of another of the same name. */
    default boolean isMeant(EncoderConfig config) {
        return true;
    }

    /** Returns what weights' names may start with. */
    List<String> prefixes();

    /** Returns the name of the table of ids, without {@code .weight}. */
    String wordTable();

    /** Returns the name of the table of token types; null where the family has none. */
    default String typeTable() {
        return "embeddings.token_type_embeddings";
    }

    /** Writes it down, from the tokens to the last hidden state; each layer's input is named a stage. */
    Value describe(EncoderScope encoder);

    /** Returns the pooler's output for each sample, or null where the file has no pooler. */
    default Value pooler(EncoderScope encoder, Value hidden) {
        return null;
    }

    /** Returns the logits of a sequence classification. */
    Value sequenceLogits(EncoderScope encoder, Value hidden, int labels);

    /** Returns the name of the weight whose rows are the labels of a classification, without {@code .weight}. */
    default String classifier() {
        return "classifier";
    }

    /** Returns the logits of a token classification. */
    default Value tokenLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(hidden, "classifier", labels);
    }

    /** Returns the logits of a masked-language head. */
    default Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        throw new LanewiseException(
                "a masked-language head is not known for this family: model_type=" + modelTypes().getFirst());
    }

    /** Says whether the mean, and not the first row, is what such an encoder is pooled by where its folder does not say. */
    default boolean poolsByMean(EncoderConfig config) {
        return true;
    }
}
