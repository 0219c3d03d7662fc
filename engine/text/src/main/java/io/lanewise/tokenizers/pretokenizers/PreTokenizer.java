package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.PlainCharacters;
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
     * Says whether a piece ends between two {@linkplain PlainCharacters plain characters}, whatever stands further away, and a
     * text may be parted there: both parts are then cut as they are in the whole text.
     */
    boolean cuts(int before, int after);

    /**
     * Says whether a text may be parted between two plain characters where another pre-tokenizer cuts: this one makes of both
     * parts what it makes of them in the whole text.
     */
    boolean mayPart(int before, int after);

    /** Returns what a plain character becomes, or {@link PlainCharacters#NONE} if that is not known. */
    default int becomes(int plain) {
        return plain;
    }
}
