package io.lanewise.tokenizers.normalizers;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.ByteAlphabet;

/** Writes each byte of UTF-8 as a character of its own. */
record ByteLevel() implements Normalizer {

    @Override
    public void normalize(AlignedText text) {
        text.begin(0);
        for (int i = 0; i < text.length(); i++) {
            ByteAlphabet.append(text, i);
        }
        text.finish();
    }

    @Override
    public int becomes(int plain) {
        return ByteAlphabet.plain(plain);
    }
}
