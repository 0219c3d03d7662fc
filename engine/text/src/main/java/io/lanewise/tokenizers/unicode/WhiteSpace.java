package io.lanewise.tokenizers.unicode;

import java.util.stream.IntStream;

/** Unicode's White_Space, 25 code points; {@link Character#isWhitespace} is another set. */
public final class WhiteSpace {

    private static final int LAST = 0x3000;

    /** All of it. */
    public static final CodePoints ALL = CodePoints.of(IntStream.rangeClosed(0, LAST).filter(WhiteSpace::is).toArray());

    private WhiteSpace() {}

    /** Says whether a code point is white space. */
    public static boolean is(int codePoint) {
        if (codePoint <= ' ') {
            return codePoint == ' ' || codePoint >= '\t' && codePoint <= '\r';
        }
        return codePoint >= 0x85 && switch (codePoint) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> codePoint >= 0x2000 && codePoint <= 0x200A;
        };
    }
}
