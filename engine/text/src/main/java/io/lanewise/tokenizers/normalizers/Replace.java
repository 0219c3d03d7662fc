package io.lanewise.tokenizers.normalizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.patterns.Patterns;
import io.lanewise.tokenizers.patterns.TextPattern;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.text.Segments;

/** Writes a string in place of each match of a pattern; it is said to come from the last character of the match. */
record Replace(TextPattern pattern, int[] content) implements Normalizer {

    static Normalizer read(Json json) {
        return new Replace(Patterns.read(json.get("pattern")), json.get("content").text().codePoints().toArray());
    }

    @Override
    public void normalize(AlignedText text) {
        Segments segments = text.segments();
        segments.begin(0);
        pattern.find(text, 0, text.length(), segments);
        segments.finish(text.length());
        text.begin(0);
        for (int i = 0; i < segments.count(); i++) {
            if (segments.isMatch(i)) {
                write(text, segments.to(i));
            } else {
                text.keep(segments.from(i), segments.to(i));
            }
        }
        text.finish();
    }

    private void write(AlignedText text, int matchEnd) {
        for (int codePoint : content) {
            if (matchEnd == 0) {
                text.append(codePoint, text.origin(), text.origin());
            } else {
                text.append(codePoint, text.start(matchEnd - 1), text.end(matchEnd - 1));
            }
        }
    }

    @Override
    public boolean mayPart(int before, int after) {
        return pattern.mayPart(before, after);
    }

    @Override
    public int becomes(int plain) {
        return switch (pattern.matches(plain)) {
            case NEVER -> plain;
            case BY_ITSELF -> content.length == 1 ? content[0] : PlainCharacters.NONE;
            case MAYBE -> content.length == 1 && content[0] == plain ? plain : PlainCharacters.NONE;
        };
    }
}
