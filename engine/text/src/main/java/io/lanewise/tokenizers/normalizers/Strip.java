package io.lanewise.tokenizers.normalizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/** Leaves out white space at the text's start, at its end, or both. */
record Strip(boolean left, boolean right) implements Normalizer {

    static Normalizer read(Json json) {
        return new Strip(json.get("strip_left").bool(), json.get("strip_right").bool());
    }

    @Override
    public void normalize(AlignedText text) {
        int from = 0;
        while (left && from < text.length() && WhiteSpace.is(text.at(from))) {
            from++;
        }
        int to = text.length();
        while (right && to > from && WhiteSpace.is(text.at(to - 1))) {
            to--;
        }
        if (from > 0 || to < text.length()) {
            text.begin(0);
            text.keep(from, to);
            text.finish();
        }
    }

    @Override
    public boolean mayPart(int before, int after) {
        return !WhiteSpace.is(before) && !WhiteSpace.is(after);
    }
}
