package io.lanewise.springai;

import org.springframework.ai.embedding.EmbeddingOptions;

/**
 * What a request may ask of {@link LanewiseEmbeddingModel} besides its texts.
 *
 * @param prompt the name of the folder's prompt that is written before each text; null for the model's default
 * @param dimensions how many of the first numbers are kept; null for the model's default
 */
public record LanewiseEmbeddingOptions(String prompt, Integer dimensions) implements EmbeddingOptions {

    /** Returns null: a bean has one model. */
    @Override
    public String getModel() {
        return null;
    }

    @Override
    public Integer getDimensions() {
        return dimensions;
    }
}
