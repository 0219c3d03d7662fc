package io.lanewise.tokenizers.pretokenizers;

import java.util.List;

import io.lanewise.json.Json;

/** The pre-tokenizers of the file format by their type. */
public final class PreTokenizers {

    private PreTokenizers() {}

    /** Reads a pre-tokenizer. */
    public static PreTokenizer read(Json json) {
        return switch (json.get("type").text()) {
            case "BertPreTokenizer" -> BertPreTokenizer.read(json);
            case "ByteLevel" -> ByteLevel.read(json);
            case "CharDelimiterSplit" -> CharDelimiterSplit.read(json);
            case "Digits" -> Digits.read(json);
            case "Metaspace" -> Metaspace.read(json);
            case "Punctuation" -> Punctuation.read(json);
            case "Sequence" -> Sequence.read(json);
            case "Split" -> Split.read(json);
            case "UnicodeScripts" -> UnicodeScripts.read(json);
            case "Whitespace" -> Whitespace.read(json);
            case "WhitespaceSplit" -> WhitespaceSplit.read(json);
            default -> throw json.get("type")
                    .unknown(List.of("BertPreTokenizer", "ByteLevel", "CharDelimiterSplit", "Digits", "Metaspace",
                            "Punctuation", "Sequence", "Split", "UnicodeScripts", "Whitespace", "WhitespaceSplit"));
        };
    }
}
