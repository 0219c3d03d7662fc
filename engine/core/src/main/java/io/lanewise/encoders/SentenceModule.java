package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.kernels.Activation;
import io.lanewise.weights.Checkpoint;

/** What a sentence-transformers folder does after the encoder, module by module. */
public sealed interface SentenceModule {

    /** One row of a sample, or one made of all. */
    sealed interface Part {}

    /** A row as it is. */
    record OneRow(RowPlace row) implements Part {}

    /** All rows together. */
    record AllRows(Pooling pooling) implements Part {}

    /**
     * Rows become one; several ways of it stand one after the other.
     *
     * @param withPrompt whether the rows of a prompt count, too
     */
    record Pool(List<Part> parts, boolean withPrompt) implements SentenceModule {

        /** Describes a pooling of all rows. */
        public Pool(List<Part> parts) {
            this(parts, true);
        }
    }

    /**
     * A linear layer with an activation.
     *
     * @param weights {@code linear.weight}, {@code linear.bias}, {@code residual.weight}
     */
    record Dense(int in, int out, boolean bias, Activation activation, boolean residual,
            Checkpoint weights) implements SentenceModule {}

    /** A vector of length 1. */
    record Normalize() implements SentenceModule {}

    /**
     * A weight for each word of the vocabulary: {@code log(1 + max(logit, 0))}, over all tokens.
     *
     * @param pooling the largest, or the sum
     * @param times how often the logarithm is taken
     */
    record Splade(Pooling pooling, int times) implements SentenceModule {}
}
