package io.lanewise.tokenizers.decoders;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.pretokenizers.PrependScheme;

/**
 * Writes the character that stands for spaces as a space, but for those that the first token got in front.
 *
 * @param replacement the character
 * @param prepended whether a text may have got one in front
 */
record Metaspace(String replacement, boolean prepended) implements Decoder {

    static Decoder read(Json json) {
        return new Metaspace(Character.toString(json.get("replacement").codePoint()),
                PrependScheme.read(json) != PrependScheme.NEVER);
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>();
        for (String token : tokens) {
            parts.add(token.replace(replacement, parts.isEmpty() && prepended ? "" : " "));
        }
        return parts;
    }
}
