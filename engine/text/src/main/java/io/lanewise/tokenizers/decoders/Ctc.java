package io.lanewise.tokenizers.decoders;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.json.Json;

/**
 * Reads the output of connectionist temporal classification: a token that comes several times in a row is one, pads are none.
 *
 * @param delimiter the token between words
 */
record Ctc(String pad, String delimiter, boolean cleansUp) implements Decoder {

    static Decoder read(Json json) {
        return new Ctc(json.get("pad_token").text(), json.get("word_delimiter_token").text(),
                json.get("cleanup").bool());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>();
        String before = null;
        for (String token : tokens) {
            if (!token.equals(before)) {
                String part = token.replace(pad, "");
                part = cleansUp ? WordPiece.cleanUp(part).replace(delimiter, " ") : part;
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            before = token;
        }
        return parts;
    }
}
