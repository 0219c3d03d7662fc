package io.lanewise.tokenizers.unicode;

/** The lower case of single code points, whatever stands around them and whatever the locale, as Unicode 17 has it. */
public final class LowerCase {

    private static final CodePointMap MAP = new CodePointMap(UnicodeData.rows("lowercase"));

    private LowerCase() {}

    /** Returns how many code points one becomes: 2 for U+0130, else 1. */
    public static int count(int codePoint) {
        int place = codePoint < 0x80 ? -1 : MAP.find(codePoint);
        return place < 0 ? 1 : MAP.count(place);
    }

    /** Returns one of the code points that one becomes. */
    public static int get(int codePoint, int index) {
        if (codePoint < 0x80) {
            return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 'a' - 'A' : codePoint;
        }
        int place = MAP.find(codePoint);
        return place < 0 ? codePoint : MAP.get(place, index);
    }
}
