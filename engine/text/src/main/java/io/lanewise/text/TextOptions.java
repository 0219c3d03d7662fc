package io.lanewise.text;

import java.util.Objects;

import io.lanewise.LanewiseException;
import io.lanewise.WeightStorage;

/**
 * How a model of texts is to be run. Immutable: each method returns new options.
 *
 * @param threads threads that work on one call, the caller's included; 1 by default
 * @param sessions how many calls are computed at the same time, each with memory of its own; further callers wait. By default as
 *        many as the JVM has processors
 * @param maxTokens the most tokens of a text, special ones included; 0 for what the folder says
 * @param longTexts what becomes of longer ones; their end is cut off by default
 * @param weights how the weights of linear layers are kept; exactly by default
 * @param specialTokensAsText whether special tokens that are written in a text are plain text: for text that is not trusted
 */
public record TextOptions(int threads, int sessions, int maxTokens, LongTexts longTexts, WeightStorage weights,
        boolean specialTokensAsText) {

    private static final int MOST = 1024;

    /**
     * Checks the options.
     *
     * @throws LanewiseException if one is out of range
     */
    public TextOptions {
        requireRange("threads", threads, 1);
        requireRange("sessions", sessions, 1);
        if (maxTokens < 0) {
            throw new LanewiseException("maxTokens must not be negative: maxTokens=" + maxTokens);
        }
        Objects.requireNonNull(weights, "weights");
    }

    private static void requireRange(String name, int value, int least) {
        if (value < least || value > MOST) {
            throw new LanewiseException("%s must be from %d to %d: %s=%d".formatted(name, least, MOST, name, value));
        }
    }

    /** Returns options for one thread a call, as many calls at once as there are processors, and texts as the folder says. */
    public static TextOptions defaults() {
        int processors = Math.min(MOST, Runtime.getRuntime().availableProcessors());
        return new TextOptions(1, processors, 0, LongTexts.TRUNCATE, WeightStorage.EXACT, false);
    }

    /** Sets how many threads work on one call. */
    public TextOptions threads(int count) {
        return new TextOptions(count, sessions, maxTokens, longTexts, weights, specialTokensAsText);
    }

    /** Sets how many calls are computed at the same time. */
    public TextOptions sessions(int count) {
        return new TextOptions(threads, count, maxTokens, longTexts, weights, specialTokensAsText);
    }

    /** Sets the most tokens of a text; the model's tables may allow fewer. */
    public TextOptions maxTokens(int count) {
        return new TextOptions(threads, sessions, count, longTexts, weights, specialTokensAsText);
    }

    /** Sets what becomes of longer texts. */
    public TextOptions longTexts(LongTexts what) {
        return new TextOptions(threads, sessions, maxTokens, what, weights, specialTokensAsText);
    }

    /** Sets how the weights of linear layers are kept: as {@link WeightStorage#BF16} or {@link WeightStorage#INT8} in less memory, rounded. */
    public TextOptions weights(WeightStorage storage) {
        return new TextOptions(threads, sessions, maxTokens, longTexts, storage, specialTokensAsText);
    }

    /** Sets whether special tokens that are written in a text are plain text. */
    public TextOptions specialTokensAsText(boolean plain) {
        return new TextOptions(threads, sessions, maxTokens, longTexts, weights, plain);
    }
}
