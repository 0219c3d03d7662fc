package io.lanewise.tokenizers.normalizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/**
 * BERT's basic normalization, in this order: control characters go and white space becomes spaces, Chinese characters get spaces
 * around, accents go, letters become lower case. It looks at Unicode 8: format characters that are newer stay.
 */
record BertNormalizer(boolean cleansText, boolean spacesChinese, boolean stripsAccents, boolean lowercases)
        implements
            Normalizer {

    private static final CodePoints DROPPED = CodePoints.named("bert-dropped");
    private static final CodePoints CHINESE = CodePoints.named("chinese");
    private static final CodePoints ACCENTS = CodePoints.named("bert-accent");

    /** Read when a text first needs it: it takes a fifth of the time in which a tokenizer is loaded. */
    private static final class Decomposition {
        static final UnicodeForm NFD = UnicodeForm.named("NFD");
    }

    static Normalizer read(Json json) {
        boolean lowercase = json.get("lowercase").bool();
        return new BertNormalizer(json.get("clean_text").bool(), json.get("handle_chinese_chars").bool(),
                json.bool("strip_accents", lowercase), lowercase);
    }

    @Override
    public void normalize(AlignedText text) {
        if (text.isBelow(0x80)) {
            normalizeAscii(text);
            return;
        }
        if (cleansText) {
            clean(text);
        }
        if (spacesChinese) {
            spaceChinese(text);
        }
        if (stripsAccents) {
            Decomposition.NFD.normalize(text);
            StripAccents.drop(text, ACCENTS);
        }
        if (lowercases) {
            Lowercase.apply(text);
        }
    }

    private void normalizeAscii(AlignedText text) {
        if (cleansText) {
            clean(text);
        }
        if (lowercases) {
            for (int i = 0; i < text.length(); i++) {
                int letter = text.at(i);
                if (letter >= 'A' && letter <= 'Z') {
                    text.set(i, letter + 'a' - 'A');
                }
            }
        }
    }

    @Override
    public int becomes(int plain) {
        if (spacesChinese && PlainCharacters.isChinese(plain)) {
            return ' ';
        }
        return lowercases ? PlainCharacters.lowercase(plain) : plain;
    }

    private static void clean(AlignedText text) {
        StripAccents.drop(text, DROPPED);
        for (int i = 0; i < text.length(); i++) {
            if (WhiteSpace.is(text.at(i))) {
                text.set(i, ' ');
            }
        }
    }

    private static void spaceChinese(AlignedText text) {
        if (text.isBelow(0x3400)) {
            return; // the first Chinese character
        }
        text.begin(0);
        for (int i = 0; i < text.length(); i++) {
            if (CHINESE.contains(text.at(i))) {
                text.put(' ', 0);
                text.put(text.at(i), 1);
                text.put(' ', 1);
            } else {
                text.put(text.at(i), 0);
            }
        }
        text.finish();
    }
}
