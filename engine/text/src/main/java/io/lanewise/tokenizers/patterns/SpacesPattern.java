package io.lanewise.tokenizers.patterns;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;

/** Spaces side by side, two at the least: what SentencePiece's files have one of in their place. */
final class SpacesPattern implements TextPattern {

    /** The expression that this scanner stands for. */
    static final String REGEX = " {2,}";

    @Override
    public void find(AlignedText text, int from, int to, Segments segments) {
        int[] codePoints = text.codePoints();
        for (int i = from; i < to; i++) {
            int start = i;
            while (i < to && codePoints[i] == ' ') {
                i++;
            }
            if (i - start > 1) {
                segments.match(start, i);
            }
        }
    }

    @Override
    public boolean mayPart(int before, int after) {
        return before != ' ' || after != ' ';
    }

    @Override
    public Matching matches(int plain) {
        return plain == ' ' ? Matching.MAYBE : Matching.NEVER;
    }
}
