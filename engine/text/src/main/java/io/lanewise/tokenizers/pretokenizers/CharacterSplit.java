package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.unicode.CodePoints;

/**
 * Cuts at characters of some kind, each a match of its own: what several pre-tokenizers are.
 *
 * @param kind the characters
 * @param behavior what becomes of them
 */
record CharacterSplit(CodePoints kind, SplitBehavior behavior) implements PreTokenizer {

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        int[] codePoints = pieces.text().codePoints();
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            segments.begin(pieces.from(piece));
            for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                if (kind.contains(codePoints[i])) {
                    segments.match(i, i + 1);
                }
            }
            segments.finish(pieces.to(piece));
            behavior.add(segments, pieces);
        }
        pieces.finish();
    }

    @Override
    public boolean cuts(int before, int after) {
        return behavior.cuts(kind.contains(before), kind.contains(after));
    }

    @Override
    public boolean mayPart(int before, int after) {
        return true;
    }
}
