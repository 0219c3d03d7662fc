package io.lanewise.tokenizers;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes strings so that every character can be seen, as Java would have them. */
final class Escaped {

    private Escaped() {}

    static String of(String... texts) {
        return Arrays.stream(texts).map(text -> text == null ? "null" : quoted(text)).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        StringBuilder escaped = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\') {
                escaped.append('\\').append(unit);
            } else if (unit >= ' ' && unit < 0x7F) {
                escaped.append(unit);
            } else {
                escaped.append("\\u%04X".formatted((int) unit));
            }
        }
        return escaped.append('"').toString();
    }
}
