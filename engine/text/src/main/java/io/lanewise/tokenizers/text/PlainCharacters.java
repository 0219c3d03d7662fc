package io.lanewise.tokenizers.text;

/**
 * Characters beside which a text may be parted: space, printable ASCII and common Chinese characters. None joins with another to
 * be one character, and no form of Unicode changes any of them.
 */
public final class PlainCharacters {

    /** Stands for no character. */
    public static final int NONE = -1;

    private static final int FIRST_CHINESE = 0x4E00;
    private static final int LAST_CHINESE = 0x9FFF;

    private PlainCharacters() {}

    /** Says whether a character is one of them. */
    public static boolean is(int codePoint) {
        return codePoint >= ' ' && codePoint < 0x7F || isChinese(codePoint);
    }

    /** Says whether a character is one of the Chinese ones. */
    public static boolean isChinese(int codePoint) {
        return codePoint >= FIRST_CHINESE && codePoint <= LAST_CHINESE;
    }

    /** Returns an ASCII letter in lower case, and any other character as it is. */
    public static int lowercase(int codePoint) {
        return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 'a' - 'A' : codePoint;
    }
}
