package io.lanewise.tokenizers.pretokenizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/** Leaves out white space. */
final class WhitespaceSplit {

    private WhitespaceSplit() {}

    static PreTokenizer read(Json json) {
        return new CharacterSplit(WhiteSpace.ALL, SplitBehavior.Removed);
    }
}
