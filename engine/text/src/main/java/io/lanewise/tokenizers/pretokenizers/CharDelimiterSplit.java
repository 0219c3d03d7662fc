package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.unicode.CodePoints;

/** Leaves out one character. */
final class CharDelimiterSplit {

    private CharDelimiterSplit() {}

    static PreTokenizer read(Json json) {
        return new CharacterSplit(CodePoints.of(json.get("delimiter").codePoint()), SplitBehavior.Removed);
    }
}
