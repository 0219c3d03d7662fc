package io.lanewise.tokenizers.models;

import io.lanewise.tokenizers.text.Utf8;

/** The tokens {@code <0x00>} to {@code <0xFF>} that stand for single bytes of UTF-8. */
final class ByteTokens {

    private ByteTokens() {}

    /** Returns the id of each byte's token, {@link Trie#NONE} where there is none. */
    static int[] of(Vocabulary vocabulary) {
        int[] ids = new int[256];
        for (int value = 0; value < ids.length; value++) {
            ids[value] = vocabulary.find("<0x%02X>".formatted(value));
        }
        return ids;
    }

    /** Says whether every byte of a code point has a token. */
    static boolean cover(int[] ids, int codePoint) {
        for (int i = 0; i < Utf8.count(codePoint); i++) {
            if (ids[Utf8.get(codePoint, i)] == Trie.NONE) {
                return false;
            }
        }
        return true;
    }
}
