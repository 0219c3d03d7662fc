package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;

/** Leaves out one character. */
final class CharDelimiterSplit {

    private CharDelimiterSplit() {}

    static PreTokenizer read(Json json) {
        int delimiter = json.get("delimiter").codePoint();
        return new CharacterSplit(codePoint -> codePoint == delimiter, SplitBehavior.Removed);
    }
}
