package io.lanewise.tokenizers.normalizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;

/** Puts a string before a text, unless that is empty. */
record Prepend(String string) implements Normalizer {

    static Normalizer read(Json json) {
        return new Prepend(json.get("prepend").text());
    }

    @Override
    public void normalize(AlignedText text) {
        if (text.length() == 0) {
            return;
        }
        text.begin(0);
        for (int i = 0; i < string.length();) {
            int codePoint = string.codePointAt(i);
            text.append(codePoint, text.start(0), text.end(0));
            i += Character.charCount(codePoint);
        }
        text.keep(0, text.length());
        text.finish();
    }

    @Override
    public boolean mayPart(int before, int after) {
        return false;
    }
}
