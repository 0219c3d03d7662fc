package io.lanewise.tokenizers.processors;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;

/** The post-processors of the file format by their type. */
public final class PostProcessors {

    private PostProcessors() {}

    /** Reads a post-processor. */
    public static PostProcessor read(Json json) {
        return switch (json.get("type").text()) {
            case "BertProcessing" -> BertProcessing.read(json);
            case "ByteLevel" -> ByteLevel.read(json);
            case "RobertaProcessing" -> RobertaProcessing.read(json);
            case "Sequence" -> Sequence.read(json);
            case "TemplateProcessing" -> TemplateProcessing.read(json);
            default -> throw json.get("type").unknown(
                    List.of("BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing"));
        };
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
