package io.lanewise.tokenizers.decoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;

/** One decoder after the other. */
record Sequence(List<Decoder> steps) implements Decoder {

    static Decoder read(Json json) {
        return new Sequence(json.get("decoders").list().stream().map(Decoders::read).toList());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        long most = AlignedText.allowed(length(tokens));
        List<String> parts = tokens;
        for (Decoder step : steps) {
            parts = step.decode(parts);
            if (length(parts) > most) {
                throw new LanewiseException("decoded text must not become many times as long: length=%d, allowed=%d"
                        .formatted(length(parts), most));
            }
        }
        return parts;
    }

    private static long length(List<String> parts) {
        long length = 0;
        for (String part : parts) {
            length += part.length();
        }
        return length;
    }
}
