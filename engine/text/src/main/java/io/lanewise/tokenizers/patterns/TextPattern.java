package io.lanewise.tokenizers.patterns;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.text.Segments;

/** What a file looks for in texts. Immutable. */
public interface TextPattern {

    /**
     * Finds all matches, from left to right, none overlapping.
     *
     * @param segments is told of them, having been told where the piece begins
     */
    void find(AlignedText text, int from, int to, Segments segments);

    /** How a character comes to be in a match. */
    enum Matching {
        /** It is in none. */
        NEVER,
        /** Each is a match. */
        BY_ITSELF,
        /** That depends on what stands around it. */
        MAYBE
    }

    /**
     * Says whether a text may be parted between two {@linkplain PlainCharacters plain characters}: no match reaches across, and
     * those on either side are what they are in the whole text.
     */
    default boolean mayPart(int before, int after) {
        return false;
    }

    /** Says whether a match ends or begins between two plain characters between which the text may be parted. */
    default boolean cuts(int before, int after) {
        return false;
    }

    /** Says how a plain character comes to be in a match. */
    default Matching matches(int plain) {
        return Matching.MAYBE;
    }
}
