package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.unicode.CodePoints;

/** Parts numbers from other text, digit by digit or not; a number is any character of a number category. */
final class Digits {

    private Digits() {}

    static PreTokenizer read(Json json) {
        return new CharacterSplit(CodePoints.named("numeric"),
                json.get("individual_digits").bool() ? SplitBehavior.Isolated : SplitBehavior.Contiguous);
    }
}
