package io.lanewise.tokenizers.processors;

/** One part of what a post-processor puts together. */
public sealed interface Part {

    /** Returns the type of the part's tokens, or −1 for that of the text itself: 0 for the first, 1 for the second. */
    int type();

    /**
     * The tokens of one of the texts.
     *
     * @param second whether it is the second one
     */
    record Text(boolean second, int type) implements Part {}

    /**
     * A special token.
     *
     * @param id the token
     */
    record Special(int id, int type) implements Part {}
}
