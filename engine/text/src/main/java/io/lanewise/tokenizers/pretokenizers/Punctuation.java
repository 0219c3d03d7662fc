package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.unicode.CodePoints;

/** Cuts at punctuation marks, ASCII's symbols among them. */
final class Punctuation {

    private Punctuation() {}

    static PreTokenizer read(Json json) {
        SplitBehavior behavior = json.has("behavior")
                ? SplitBehavior.read(json.get("behavior"))
                : SplitBehavior.Isolated;
        return new CharacterSplit(CodePoints.named("punctuation"), behavior);
    }
}
