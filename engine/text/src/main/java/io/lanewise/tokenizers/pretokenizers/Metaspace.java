package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;

/**
 * Writes spaces as a character of their own, {@code ▁}, puts one before a piece, and cuts before each.
 *
 * @param replacement the character
 * @param scheme which pieces get one in front
 * @param splits whether the text is cut
 */
record Metaspace(int replacement, PrependScheme scheme, boolean splits) implements PreTokenizer {

    static PreTokenizer read(Json json) {
        return new Metaspace(json.get("replacement").codePoint(), PrependScheme.read(json), json.bool("split", true));
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        AlignedText text = pieces.text();
        text.begin(0);
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = text.written();
            write(text, pieces.from(piece), pieces.to(piece));
            pieces.add(start, text.written());
        }
        text.finish();
        pieces.finish();
        if (splits) {
            split(pieces);
        }
    }

    private void write(AlignedText text, int from, int to) {
        boolean marked = text.at(from) == ' ' || text.at(from) == replacement;
        if (!marked && (scheme == PrependScheme.ALWAYS || scheme == PrependScheme.FIRST && text.start(from) == 0)) {
            text.append(replacement, text.start(from), text.end(from));
        }
        for (int i = from; i < to; i++) {
            text.append(text.at(i) == ' ' ? replacement : text.at(i), text.start(i), text.end(i));
        }
    }

    private void split(Pieces pieces) {
        int[] codePoints = pieces.text().codePoints();
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = pieces.from(piece);
            for (int i = start; i < pieces.to(piece); i++) {
                if (codePoints[i] == replacement) {
                    pieces.add(start, i);
                    start = i;
                }
            }
            pieces.add(start, pieces.to(piece));
        }
        pieces.finish();
    }

    @Override
    public boolean cuts(int before, int after) {
        return splits && isMark(after);
    }

    /** A part that begins with a space, or whose pieces get none anyway, gets none for being one. */
    @Override
    public boolean mayPart(int before, int after) {
        return isMark(after) || scheme != PrependScheme.ALWAYS;
    }

    private boolean isMark(int codePoint) {
        return codePoint == ' ' || codePoint == replacement;
    }

    @Override
    public int becomes(int plain) {
        return plain == ' ' ? replacement : plain;
    }
}
