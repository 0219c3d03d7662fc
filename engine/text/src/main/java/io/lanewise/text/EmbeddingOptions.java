package io.lanewise.text;

import io.lanewise.LanewiseException;

/**
 * What embeddings are asked for. Immutable: each method returns new options.
 *
 * @param prompt the name of the prompt that is written before each text; null for the model's default
 * @param dimensions how many of the first numbers are kept, for models that were trained for it; 0 for all
 */
public record EmbeddingOptions(String prompt, int dimensions) {

    private static final EmbeddingOptions DEFAULTS = new EmbeddingOptions(null, 0);

    /**
     * Checks the options.
     *
     * @throws LanewiseException if the dimensions are negative
     */
    public EmbeddingOptions {
        if (dimensions < 0) {
            throw new LanewiseException("dimensions must not be negative: dimensions=" + dimensions);
        }
    }

    /** Returns the default prompt and all numbers. */
    public static EmbeddingOptions defaults() {
        return DEFAULTS;
    }

    /** Sets the prompt by its name in the folder, such as {@code query}. */
    public EmbeddingOptions prompt(String name) {
        return new EmbeddingOptions(name, dimensions);
    }

    /** Sets how many numbers are kept; vectors that are normalized are normalized again. */
    public EmbeddingOptions dimensions(int count) {
        return new EmbeddingOptions(prompt, count);
    }
}
