package io.lanewise.tokenizers.normalizers;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.unicode.LowerCase;

/** Writes each code point in lower case, whatever stands around it. */
record Lowercase() implements Normalizer {

    @Override
    public void normalize(AlignedText text) {
        apply(text);
    }

    @Override
    public int becomes(int plain) {
        return PlainCharacters.lowercase(plain);
    }

    static void apply(AlignedText text) {
        text.begin(0);
        for (int i = 0; i < text.length(); i++) {
            int codePoint = text.at(i);
            int count = LowerCase.count(codePoint);
            for (int part = 0; part < count; part++) {
                text.append(LowerCase.get(codePoint, part), text.start(i), text.end(i));
            }
        }
        text.finish();
    }
}
