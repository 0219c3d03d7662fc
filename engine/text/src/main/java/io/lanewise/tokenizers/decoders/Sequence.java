package io.lanewise.tokenizers.decoders;

import java.util.List;

import io.lanewise.json.Json;

/** One decoder after the other. */
record Sequence(List<Decoder> steps) implements Decoder {

    static Decoder read(Json json) {
        return new Sequence(json.get("decoders").list().stream().map(Decoders::read).toList());
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = tokens;
        for (Decoder step : steps) {
            parts = step.decode(parts);
        }
        return parts;
    }
}
