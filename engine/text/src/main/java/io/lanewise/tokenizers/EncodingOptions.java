package io.lanewise.tokenizers;

/**
 * What is made of a text beside its tokens.
 *
 * @param specialTokens whether the post-processor's special tokens are added, such as {@code [CLS]} and {@code [SEP]}
 * @param specialTokensAsText whether special tokens that are written in a text are plain text: for text that is not trusted
 * @param truncation how long texts are cut, or null
 * @param padding how encodings are filled up, or null
 */
public record EncodingOptions(boolean specialTokens, boolean specialTokensAsText, Truncation truncation,
        Padding padding) {

    private static final EncodingOptions DEFAULTS = new EncodingOptions(true, false, null, null);

    /** Returns what {@link Tokenizer#encode(String)} does: special tokens, nothing cut, nothing filled up. */
    public static EncodingOptions defaults() {
        return DEFAULTS;
    }

    /** Returns the same with or without special tokens. */
    public EncodingOptions specialTokens(boolean added) {
        return new EncodingOptions(added, specialTokensAsText, truncation, padding);
    }

    /** Returns the same with special tokens in texts taken as plain text, or not. */
    public EncodingOptions specialTokensAsText(boolean plain) {
        return new EncodingOptions(specialTokens, plain, truncation, padding);
    }

    /** Returns the same with another truncation; null for none. */
    public EncodingOptions truncation(Truncation other) {
        return new EncodingOptions(specialTokens, specialTokensAsText, other, padding);
    }

    /** Returns the same with another padding; null for none. */
    public EncodingOptions padding(Padding other) {
        return new EncodingOptions(specialTokens, specialTokensAsText, truncation, other);
    }
}
