package io.lanewise.tokenizers.normalizers;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;

/** Rewrites a text before it is cut. Immutable. */
public interface Normalizer {

    /** Rewrites the text in place. */
    void normalize(AlignedText text);

    /**
     * Says whether a text may be parted between two {@linkplain PlainCharacters plain characters}, each with another on its other
     * side: both parts then become what they become in the whole text.
     */
    default boolean mayPart(int before, int after) {
        return true;
    }

    /** Returns what a plain character beside such a place becomes, or {@link PlainCharacters#NONE} if that is not known. */
    default int becomes(int plain) {
        return plain;
    }
}
