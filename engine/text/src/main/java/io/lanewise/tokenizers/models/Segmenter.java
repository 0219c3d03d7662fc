package io.lanewise.tokenizers.models;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Tokens;

/** A model at work. Reused from text to text; for one thread. */
public interface Segmenter {

    /**
     * Adds the tokens of one piece, the code points {@code from … to}, of which there is at least one; the last ones only if more
     * are wanted.
     *
     * @throws io.lanewise.LanewiseException if the model has no token for unknown text and meets some
     */
    void segment(AlignedText text, int from, int to, Tokens tokens);

    /** Returns about how many bytes of memory are kept for the next text. */
    default long keptBytes() {
        return 0;
    }
}
