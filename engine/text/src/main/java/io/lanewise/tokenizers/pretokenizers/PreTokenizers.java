package io.lanewise.tokenizers.pretokenizers;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.lanewise.json.Json;

/** The pre-tokenizers of the file format by their type. */
public final class PreTokenizers {

    private static final Map<String, Function<Json, PreTokenizer>> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("BertPreTokenizer", BertPreTokenizer::read),
            Map.entry("ByteLevel", ByteLevel::read),
            Map.entry("CharDelimiterSplit", CharDelimiterSplit::read),
            Map.entry("Digits", Digits::read),
            Map.entry("Metaspace", Metaspace::read),
            Map.entry("Punctuation", Punctuation::read),
            Map.entry("Sequence", Sequence::read),
            Map.entry("Split", Split::read),
            Map.entry("UnicodeScripts", UnicodeScripts::read),
            Map.entry("Whitespace", Whitespace::read),
            Map.entry("WhitespaceSplit", WhitespaceSplit::read)));

    private PreTokenizers() {}

    /** Reads a pre-tokenizer. */
    public static PreTokenizer read(Json json) {
        Function<Json, PreTokenizer> type = TYPES.get(json.get("type").text());
        if (type == null) {
            throw json.get("type").unknown(TYPES.keySet());
        }
        return type.apply(json);
    }
}
