package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.patterns.Patterns;
import io.lanewise.tokenizers.patterns.TextPattern;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;

/**
 * Cuts at the matches of a pattern.
 *
 * @param inverted whether what lies between matches is what the behavior speaks of
 */
record Split(TextPattern pattern, SplitBehavior behavior, boolean inverted) implements PreTokenizer {

    static PreTokenizer read(Json json) {
        Json pattern = json.get("pattern");
        if (pattern.isObject() && pattern.has("String") && pattern.get("String").text().isEmpty()) {
            throw new LanewiseException("a text must not be cut at the empty string: " + pattern.path() + ".String=''");
        }
        return new Split(Patterns.read(pattern), SplitBehavior.read(json.get("behavior")), json.get("invert").bool());
    }

    @Override
    public void preTokenize(Pieces pieces, Segments segments) {
        pieces.begin();
        for (int piece = 0; piece < pieces.count(); piece++) {
            segments.begin(pieces.from(piece));
            pattern.find(pieces.text(), pieces.from(piece), pieces.to(piece), segments);
            segments.finish(pieces.to(piece));
            if (inverted) {
                segments.invert();
            }
            behavior.add(segments, pieces);
        }
        pieces.finish();
    }

    @Override
    public boolean cuts(int before, int after) {
        return mayPart(before, after) && pattern.cuts(before, after);
    }

    @Override
    public boolean mayPart(int before, int after) {
        return behavior == SplitBehavior.Isolated && pattern.mayPart(before, after);
    }
}
