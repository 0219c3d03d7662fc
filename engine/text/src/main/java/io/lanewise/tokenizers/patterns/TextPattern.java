package io.lanewise.tokenizers.patterns;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;

/** What a file looks for in texts. Immutable. */
public interface TextPattern {

    /**
     * Finds all matches, from left to right, none overlapping.
     *
     * @param segments is told of them, having been told where the piece begins
     */
    void find(AlignedText text, int from, int to, Segments segments);

    /**
     * Says whether matches depend on nothing but what stands within a line of words around them; where a space between two
     * letters of ASCII is part of one, it only begins it.
     */
    boolean isLocal();

    /** Says whether a match begins at each space between two words. */
    boolean cutsAtSpaces();
}
