package io.lanewise.tokenizers.processors;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;

/** The post-processors of the file format by their type. */
public final class PostProcessors {

    private static final Map<String, Function<Json, PostProcessor>> TYPES = new TreeMap<>(Map.of("BertProcessing",
            BertProcessing::read, "ByteLevel", ByteLevel::read, "RobertaProcessing", RobertaProcessing::read,
            "Sequence", Sequence::read, "TemplateProcessing", TemplateProcessing::read));

    private PostProcessors() {}

    /** Reads a post-processor. */
    public static PostProcessor read(Json json) {
        Function<Json, PostProcessor> type = TYPES.get(json.get("type").text());
        if (type == null) {
            throw json.get("type").unknown(TYPES.keySet());
        }
        return type.apply(json);
    }

    /** Reads a token and its id, {@code ["[SEP]", 102]}, and returns the id. */
    static int id(Json json) {
        boolean pair = json.list().size() == 2 && json.list().getFirst().isText();
        if (!pair) {
            throw new LanewiseException(json.path() + " must be a token and its id");
        }
        return json.list().getLast().count();
    }
}
