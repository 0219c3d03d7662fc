package io.lanewise.tokenizers.decoders;

import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.patterns.Patterns;
import io.lanewise.tokenizers.patterns.TextPattern;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;

/** Writes a string in place of each match of a pattern in a token. */
record Replace(TextPattern pattern, String content) implements Decoder {

    static Decoder read(Json json) {
        return new Replace(Patterns.read(json.get("pattern")), json.get("content").text());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        AlignedText text = new AlignedText(); // some kilobytes, for all tokens
        Segments segments = new Segments();
        return tokens.stream().map(token -> replace(token, text, segments)).toList();
    }

    private String replace(String token, AlignedText text, Segments segments) {
        text.load(token, 0, token.length());
        segments.begin(0);
        pattern.find(text, 0, text.length(), segments);
        segments.finish(text.length());
        StringBuilder replaced = new StringBuilder();
        for (int i = 0; i < segments.count(); i++) {
            replaced.append(segments.isMatch(i) ? content : text.substring(segments.from(i), segments.to(i)));
        }
        return replaced.toString();
    }
}
