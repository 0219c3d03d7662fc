package io.lanewise.tokenizers.text;

import java.util.Arrays;

/**
 * GPT-2's characters for bytes: bytes that are printable in Latin-1 stand for themselves, the others are U+0100 and on, in order.
 * A space is {@code Ġ}, a line feed {@code Ċ}.
 */
public final class ByteAlphabet {

    /** The character of a space. */
    public static final int SPACE = 0x120;

    private static final int[] CHARACTERS = characters();
    private static final int[] BYTES = bytes();

    private ByteAlphabet() {}

    private static int[] characters() {
        int[] characters = new int[256];
        int next = 0x100;
        for (int value = 0; value < characters.length; value++) {
            boolean printable = value > ' ' && value < 0x7F || value > 0xA0 && value != 0xAD;
            characters[value] = printable ? value : next++;
        }
        return characters;
    }

    private static int[] bytes() {
        int[] bytes = new int[0x100 + 256];
        Arrays.fill(bytes, -1);
        for (int value = 0; value < CHARACTERS.length; value++) {
            bytes[CHARACTERS[value]] = value;
        }
        return bytes;
    }

    /** Writes the bytes of a code point of a text that is being written anew, each as its character. */
    public static void append(AlignedText text, int index) {
        int codePoint = text.at(index);
        for (int i = 0; i < Utf8.count(codePoint); i++) {
            text.append(CHARACTERS[Utf8.get(codePoint, i)], text.start(index), text.end(index));
        }
    }

    /** Returns the character that a plain one of a single byte becomes, or {@link PlainCharacters#NONE}. */
    public static int plain(int plain) {
        return plain < 0x80 ? CHARACTERS[plain] : PlainCharacters.NONE;
    }

    /** Returns the byte that a character stands for, or −1. */
    public static int toByte(int character) {
        return character < BYTES.length ? BYTES[character] : -1;
    }
}
