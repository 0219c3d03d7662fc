package io.lanewise.tokenizers.text;

import io.lanewise.tokenizers.unicode.WhiteSpace;

/** What trimmed spans leave out: white space, and the character that stands for the byte of a space. */
public final class TrimmedSpace {

    private TrimmedSpace() {}

    /** Says whether trimmed spans leave a character out. */
    public static boolean is(int codePoint) {
        return codePoint == ByteAlphabet.SPACE || WhiteSpace.is(codePoint);
    }
}
