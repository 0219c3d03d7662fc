package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;

/** Cuts pieces of a text into smaller ones, and may rewrite them. Immutable. */
public interface PreTokenizer {

    /**
     * Cuts every piece.
     *
     * @param segments for use while it cuts
     */
    void preTokenize(Pieces pieces, Segments segments);

    /**
     * Says whether a space between two words ends a piece, whatever stands further away: the first words of a long text then
     * have the same tokens as in the whole text.
     */
    boolean cutsAtSpaces();

    /** Says whether spaces are still there for what comes behind. */
    default boolean keepsSpaces() {
        return true;
    }

    /** Says whether what becomes of a word does not depend on words elsewhere. */
    boolean isLocal();
}
