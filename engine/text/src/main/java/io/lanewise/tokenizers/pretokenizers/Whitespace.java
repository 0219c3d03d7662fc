package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/** Takes runs of word characters and runs of what is neither those nor white space: {@code \w+|[^\w\s]+}. */
record Whitespace() implements PreTokenizer {

    private static final CodePoints WORD = CodePoints.named("word");

    static PreTokenizer read(Json json) {
        return new Whitespace();
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        int[] codePoints = pieces.text().codePoints();
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            for (int i = pieces.from(piece); i < pieces.to(piece);) {
                int end = end(codePoints, i, pieces.to(piece));
                if (!WhiteSpace.is(codePoints[i])) {
                    pieces.add(i, end);
                }
                i = end;
            }
        }
        pieces.finish();
    }

    private static int end(int[] codePoints, int at, int to) {
        boolean space = WhiteSpace.is(codePoints[at]);
        boolean word = WORD.contains(codePoints[at]);
        int end = at + 1;
        while (end < to && WhiteSpace.is(codePoints[end]) == space && WORD.contains(codePoints[end]) == word) {
            end++;
        }
        return end;
    }

    @Override
    public boolean cuts(int before, int after) {
        return WhiteSpace.is(before) != WhiteSpace.is(after) || WORD.contains(before) != WORD.contains(after);
    }

    @Override
    public boolean mayPart(int before, int after) {
        return true;
    }
}
