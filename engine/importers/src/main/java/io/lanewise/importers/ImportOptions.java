package io.lanewise.importers;

import java.nio.file.Path;
import java.util.List;

import io.lanewise.LanewiseException;

/**
 * What is to be known of a model that its file does not say. Immutable: each method returns new options.
 *
 * @param pooling how rows become a sentence's vector, one of {@link #POOLINGS}; null for what the graph says, or files beside it
 * @param normalize whether a sentence's vector is made one of length 1; null for what the graph says, or files beside it
 * @param tokenizer a {@code tokenizer.json}; null for the one beside the file, if there is one
 */
public record ImportOptions(String pooling, Boolean normalize, Path tokenizer) {

    /** The poolings that there are: those of sentence-transformers, and those of words for sparse vectors. */
    public static final List<String> POOLINGS = List.of("mean", "cls", "max", "mean_sqrt_len_tokens", "weightedmean",
            "lasttoken", "splade", "splade-sum");

    /**
     * Checks the options.
     *
     * @throws LanewiseException if the pooling is not known
     */
    public ImportOptions {
        if (pooling != null && !POOLINGS.contains(pooling)) {
            throw new LanewiseException("pooling must be one of %s: pooling=%s".formatted(String.join(", ", POOLINGS),
                    LanewiseException.quote(pooling)));
        }
    }

    /** Returns options that leave everything to the file and what stands beside it. */
    public static ImportOptions defaults() {
        return new ImportOptions(null, null, null);
    }

    /** Sets how rows become a sentence's vector. */
    public ImportOptions pooling(String how) {
        return new ImportOptions(how, normalize, tokenizer);
    }

    /** Sets whether a sentence's vector is made one of length 1. */
    public ImportOptions normalize(boolean unit) {
        return new ImportOptions(pooling, unit, tokenizer);
    }

    /** Sets the tokenizer. */
    public ImportOptions tokenizer(Path file) {
        return new ImportOptions(pooling, normalize, file);
    }
}
