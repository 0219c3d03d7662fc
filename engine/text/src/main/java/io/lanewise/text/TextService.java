package io.lanewise.text;

import java.time.Duration;

import io.lanewise.LanewiseException;

/**
 * What all that work on texts have in common: a model behind a pool of sessions. One object serves the whole application, called from
 * any number of threads, virtual ones too, until it is closed.
 */
public abstract sealed class TextService implements AutoCloseable permits CrossEncoder, SparseEmbedder, TextClassifier,
        TextEmbedder, TokenClassifier {

    final TextModel model;

    TextService(TextModel model) {
        this.model = model;
    }

    /** Returns the most tokens of a text, or of a pair, special ones included; what is longer is treated as the options say. */
    public int maxTokens() {
        return model.maxLength();
    }

    /**
     * Has everything that a call does compiled, on made-up texts, so that the first real call takes hardly longer than any other. Takes
     * some seconds, of which most are spent once in a JVM; calls of other threads may be made meanwhile.
     *
     * @return how long it took
     * @throws IllegalStateException if it is closed
     */
    public Duration warmUp() {
        return model.warmUp();
    }

    /** Returns what was counted since the model was loaded, but for warming up; thread-safe, also after closing. */
    public TextCounters counters() {
        return model.counters();
    }

    /**
     * Shows the counters to JMX as {@code io.lanewise:type=TextModel,name=…} of the platform's server, until the model is closed: a model
     * that is never closed keeps its class loader in this way.
     *
     * @param name the model's name there
     * @throws LanewiseException if there is a bean of that name
     * @throws IllegalStateException if the model is closed
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
