package io.lanewise.tokenizers.processors;

import java.util.List;

import io.lanewise.json.Json;

/** {@code [CLS] A [SEP]} of type 0, {@code B [SEP]} of type 1. */
final class BertProcessing {

    private BertProcessing() {}

    static PostProcessor read(Json json) {
        int cls = PostProcessors.id(json.get("cls"));
        int sep = PostProcessors.id(json.get("sep"));
        Part start = new Part.Special(cls, 0);
        Part first = new Part.Text(false, 0);
        Part firstEnd = new Part.Special(sep, 0);
        return PostProcessor.around(List.of(start, first, firstEnd),
                List.of(start, first, firstEnd, new Part.Text(true, 1), new Part.Special(sep, 1)));
    }
}
