package io.lanewise.tokenizers.decoders;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.json.Json;

/**
 * Writes the suffix of a word's last piece as a space.
 *
 * @param suffix such as {@code </w>}
 */
record BpeDecoder(String suffix) implements Decoder {

    static Decoder read(Json json) {
        return new BpeDecoder(json.get("suffix").text());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>();
        for (String token : tokens) {
            boolean last = parts.size() == tokens.size() - 1;
            parts.add(token.replace(suffix, last ? "" : " "));
        }
        return parts;
    }
}
