package io.lanewise.text;

import java.util.Locale;

/** What sentence-transformers does to a text before it becomes tokens. */
final class PlainText {

    private PlainText() {}

    /** Returns a text without the white space at its ends, as Python's {@code str.strip} sees white space; lower-cased if so wished. */
    static String of(String text, boolean lowerCased) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        String stripped = text.substring(start, end);
        return lowerCased ? stripped.toLowerCase(Locale.ROOT) : stripped;
    }

    private static boolean isSpace(char unit) {
        if (unit < 0x80) {
            return unit == ' ' || unit >= '\t' && unit <= '\r' || unit >= 0x1C && unit <= 0x1F;
        }
        return switch (unit) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> unit >= 0x2000 && unit <= 0x200A;
        };
    }
}
