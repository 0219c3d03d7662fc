package io.lanewise.text;

import java.nio.file.Path;
import java.util.List;

import io.lanewise.LanewiseException;

/**
 * Says how well documents answer a query, reading both together: for putting the results of a search in order.
 *
 * <pre>
 *   try (CrossEncoder reranker = CrossEncoder.load(folder)) {
 *       float[] scores = reranker.score("How do I get my money back?", documents);
 *   }
 * </pre>
 *
 * <p>Scores are what the folder's settings make of the logit: mostly a probability, sometimes the logit itself. Where a pair is too
 * long, its longer text is cut. Threads, bits and closing as with {@link TextEmbedder}.
 */
public final class CrossEncoder extends TextService {

    private static final String OUTPUT = "scores";

    private CrossEncoder(TextModel model) {
        super(model);
    }

    /**
     * Loads a folder of a sequence classification with one label.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    public static CrossEncoder load(Path folder) {
        return load(folder, TextOptions.defaults());
    }

    /** Loads a folder; otherwise as {@link #load(Path)}. */
    public static CrossEncoder load(Path folder, TextOptions options) {
        return new CrossEncoder(TextModel.load(folder, OUTPUT, true, options));
    }

    /** Returns the score of a document. */
    public float score(String query, String document) {
        return score(TokenArrays.of(model, new TextPair(query, document)))[0];
    }

    /**
     * Returns the scores of documents, in their order.
     *
     * @throws TextException for the first document that is at fault
     * @throws IllegalStateException if the encoder is closed
     */
    public float[] score(String query, List<String> documents) {
        return score(documents.stream().map(document -> new TextPair(query, document)).toList());
    }

    /**
     * Returns the scores of pairs, in their order.
     *
     * @throws TextException for the first pair that is at fault
     */
    public float[] score(List<TextPair> pairs) {
        return score(TokenArrays.of(model, pairs));
    }

    private float[] score(TokenArrays tokens) {
        float[] scores = new float[tokens.ids().length];
        model.run(tokens.ids(), tokens.types(), (floats, from, count) -> floats.get(0, scores, from, count));
        return scores;
    }
}
