package io.lanewise.tokenizers.processors;

import java.util.List;

import io.lanewise.json.Json;

/** {@code <s> A </s>}, {@code </s> B </s>}, all of type 0; trims spans if asked to. */
final class RobertaProcessing {

    private RobertaProcessing() {}

    static PostProcessor read(Json json) {
        Part cls = new Part.Special(PostProcessors.id(json.get("cls")), 0);
        Part sep = new Part.Special(PostProcessors.id(json.get("sep")), 0);
        Part first = new Part.Text(false, 0);
        Part second = new Part.Text(true, 0);
        SpanTrim trim = new SpanTrim(json.get("add_prefix_space").bool());
        return new PostProcessor(List.of(cls, first, sep), List.of(cls, first, sep, sep, second, sep), List.of(first),
                List.of(first, second), json.get("trim_offsets").bool() ? List.of(trim) : List.of());
    }
}
