package io.lanewise.tokenizers.normalizers;

import io.lanewise.json.Json;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.text.Utf8;
import io.lanewise.tokenizers.unicode.GraphemeClusters;

/**
 * SentencePiece's compiled replacements, as the reference applies them: the text is taken character by character as people see
 * them (grapheme clusters). One of fewer than 6 bytes is looked up whole, and what the shortest prefix in the map becomes stands
 * for all of it; else each code point is looked up by itself.
 */
record Precompiled(CharacterMap map) implements Normalizer {

    private static final int WHOLE_BELOW_BYTES = 6;

    static Normalizer read(Json json) {
        return new Precompiled(CharacterMap.read(json.get("precompiled_charsmap")));
    }

    @Override
    public void normalize(AlignedText text) {
        if (!isChanged(text)) {
            return;
        }
        text.begin(0);
        for (int from = 0; from < text.length();) {
            int to = GraphemeClusters.end(text.codePoints(), from, text.length());
            int replacement = bytes(text, from, to) < WHOLE_BELOW_BYTES ? map.find(text.codePoints(), from, to) : -1;
            if (replacement >= 0) {
                replace(text, replacement, to - from);
            } else {
                for (int i = from; i < to; i++) {
                    putSingle(text, i);
                }
            }
            from = to;
        }
        text.finish();
    }

    private void putSingle(AlignedText text, int i) {
        int replacement = map.find(text.codePoints(), i, i + 1);
        if (replacement >= 0) {
            replace(text, replacement, 1);
        } else {
            text.put(text.at(i), 0);
        }
    }

    /** Writes a replacement for so many code points; what it has fewer is taken by the last one written. */
    private void replace(AlignedText text, int replacement, int replaced) {
        int put = 0;
        for (int at = replacement; map.codePoint(at) != 0; at += Utf8.count(map.codePoint(at))) {
            text.put(map.codePoint(at), put++ < replaced ? 0 : 1);
        }
        if (put < replaced && text.written() > 0) {
            text.absorb(replaced - put);
        } else if (put < replaced) {
            text.slip();
        }
    }

    /** A map begins with a first code point, so a text of none that any entry begins with stays. */
    private boolean isChanged(AlignedText text) {
        for (int i = 0; i < text.length(); i++) {
            if (map.mayBegin(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int becomes(int plain) {
        return map.mayBegin(plain) && map.find(new int[]{plain}, 0, 1) >= 0 ? PlainCharacters.NONE : plain;
    }

    private static int bytes(AlignedText text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to && bytes < WHOLE_BELOW_BYTES; i++) {
            bytes += Utf8.count(text.at(i));
        }
        return bytes;
    }
}
