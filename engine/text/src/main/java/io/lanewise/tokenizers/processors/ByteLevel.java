package io.lanewise.tokenizers.processors;

import java.util.List;

import io.lanewise.json.Json;

/** Trims spans if asked to. */
final class ByteLevel {

    private ByteLevel() {}

    static PostProcessor read(Json json) {
        SpanTrim trim = new SpanTrim(json.get("add_prefix_space").bool());
        return PostProcessor.trimming(json.get("trim_offsets").bool() ? List.of(trim) : List.of());
    }
}
