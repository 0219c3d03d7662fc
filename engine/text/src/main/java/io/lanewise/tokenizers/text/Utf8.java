package io.lanewise.tokenizers.text;

/** How code points are written in bytes. */
public final class Utf8 {

    private Utf8() {}

    /** Returns how many bytes a code point takes. */
    public static int count(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Returns one of the bytes of a code point, 0 to 255. */
    public static int get(int codePoint, int index) {
        int count = count(codePoint);
        if (count == 1) {
            return codePoint;
        }
        int bits = codePoint >> 6 * (count - 1 - index);
        return index == 0 ? 0xF00 >> count & 0xFF | bits : 0x80 | bits & 0x3F;
    }
}
