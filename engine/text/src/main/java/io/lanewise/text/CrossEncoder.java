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
public final class CrossEncoder implements AutoCloseable {

    private static final String OUTPUT = "scores";

    private final TextModel model;

    private CrossEncoder(TextModel model) {
        this.model = model;
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
        return score(query, List.of(document))[0];
    }

    /**
     * Returns the scores of documents, in their order.
     *
     * @throws LanewiseException if a pair is too long and such texts are refused
     * @throws IllegalStateException if the encoder is closed
     */
    public float[] score(String query, List<String> documents) {
        return score(documents.stream().map(document -> new TextPair(query, document)).toList());
    }

    /** Returns the scores of pairs, in their order. */
    public float[] score(List<TextPair> pairs) {
        TokenArrays tokens = TokenArrays.of(model, pairs);
        float[] scores = new float[pairs.size()];
        model.run(tokens.ids(), tokens.types(), OUTPUT, (floats, from, count) -> floats.get(0, scores, from, count));
        return scores;
    }

    /** Returns the most tokens of a pair, special ones included. */
    public int maxTokens() {
        return model.maxLength();
    }

    /** Returns what was counted since the model was loaded; thread-safe, also after closing. */
    public TextCounters counters() {
        return model.counters();
    }

    /**
     * Shows the counters to JMX as {@code io.lanewise:type=TextModel,name=…} of the platform's server, until the model is closed: a model
     * that is never closed keeps its class loader in this way.
     *
     * @param name the model's name there
     * @throws LanewiseException if there is a bean of that name
     */
    public void registerMBean(String name) {
        model.registerBean(name);
    }

    /** Waits for calls in flight, then frees everything. */
    @Override
    public void close() {
        model.close();
    }
}
