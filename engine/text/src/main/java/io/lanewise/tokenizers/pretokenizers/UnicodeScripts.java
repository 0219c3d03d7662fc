package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.unicode.Script;

/**
 * Cuts where one script ends and another begins. A space, and a code point of no script, belongs to both; what stands before the
 * first code point of a script in a piece is lost, as it is in the reference.
 */
record UnicodeScripts() implements PreTokenizer {

    static PreTokenizer read(Json json) {
        return new UnicodeScripts();
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        int[] codePoints = pieces.text().codePoints();
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = -1;
            int last = -1; // the script, −1 before the first
            for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                int script = codePoints[i] == ' ' ? Script.ANY : Script.of(codePoints[i]);
                if (script != Script.ANY && script != last) {
                    if (start >= 0) {
                        pieces.add(start, i);
                    }
                    start = i;
                    last = script;
                }
            }
            if (start >= 0) {
                pieces.add(start, pieces.to(piece));
            }
        }
        pieces.finish();
    }

    @Override
    public boolean cuts(int before, int after) {
        return false;
    }

    /** Which script a piece has begun with matters. */
    @Override
    public boolean mayPart(int before, int after) {
        return false;
    }
}
