package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/** Leaves out white space, and takes each punctuation mark by itself. */
record BertPreTokenizer() implements PreTokenizer {

    private static final CodePoints PUNCTUATION = CodePoints.named("punctuation");

    static PreTokenizer read(Json json) {
        return new BertPreTokenizer();
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        int[] codePoints = pieces.text().codePoints();
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = pieces.from(piece);
            for (int i = start; i < pieces.to(piece); i++) {
                boolean space = WhiteSpace.is(codePoints[i]);
                if (space || PUNCTUATION.contains(codePoints[i])) {
                    pieces.add(start, i);
                    start = space ? i + 1 : i;
                    pieces.add(start, i + 1);
                    start = i + 1;
                }
            }
            pieces.add(start, pieces.to(piece));
        }
        pieces.finish();
    }

    @Override
    public boolean cuts(int before, int after) {
        return isCut(before) || isCut(after);
    }

    private static boolean isCut(int codePoint) {
        return WhiteSpace.is(codePoint) || PUNCTUATION.contains(codePoint);
    }

    @Override
    public boolean mayPart(int before, int after) {
        return true;
    }
}
