package io.lanewise.tokenizers.normalizers;

import io.lanewise.tokenizers.text.AlignedText;

/** Rewrites a text before it is cut. Immutable. */
public interface Normalizer {

    /** Rewrites the text in place. */
    void normalize(AlignedText text);

    /**
     * Says whether what becomes of a character depends on nothing but its neighbours, so that the first words of a long text
     * become what they become in the whole text; and a space between two ASCII letters stays one.
     */
    default boolean isLocal() {
        return true;
    }
}
