package io.lanewise.tokenizers;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.lanewise.json.Json;

/** What the reference makes of single code points: what the JDK makes of them, but for the recorded differences. */
final class RecordedMap {

    private static final int HANGUL = 0xAC00;
    private static final int HANGUL_END = 0xD7A4;

    private final Map<Integer, String> changed = new TreeMap<>();

    private RecordedMap(String name, UnaryOperator<String> java) {
        Map<String, Json> differences = RecordedUnicode.differences(name);
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            Json difference = differences.get(CodePointRanges.hex(codePoint));
            String before = Character.toString(codePoint);
            String after = difference == null ? java.apply(before) : difference.text();
            if (!CodePointRanges.isSurrogate(codePoint) && !after.equals(before)) {
                changed.put(codePoint, after);
            }
        }
    }

    static RecordedMap of(String name, Form form) {
        return new RecordedMap(name, text -> Normalizer.normalize(text, form));
    }

    static RecordedMap lowercase() {
        return new RecordedMap("Lowercase", text -> text.toLowerCase(Locale.ROOT));
    }

    String get(int codePoint) {
        return changed.getOrDefault(codePoint, Character.toString(codePoint));
    }

    /** Returns a row for each code point that changes, but for Hangul syllables, which are computed. */
    List<String> rows(IntPredicate wanted) {
        return changed.keySet().stream().filter(codePoint -> !isHangul(codePoint) && wanted.test(codePoint))
                .map(codePoint -> CodePointRanges.hex(codePoint) + " " + hex(get(codePoint))).toList();
    }

    private static boolean isHangul(int codePoint) {
        return codePoint >= HANGUL && codePoint < HANGUL_END;
    }

    private static String hex(String text) {
        return text.codePoints().mapToObj(CodePointRanges::hex).collect(Collectors.joining(" "));
    }

    /** Of a canonical decomposition, returns the pairs that make a code point again: its last part, and all before it together. */
    List<String> compositions() {
        List<String> rows = new ArrayList<>();
        changed.forEach((codePoint, parts) -> {
            int last = parts.offsetByCodePoints(parts.length(), -1);
            String first = Normalizer.normalize(parts.substring(0, last), Form.NFC);
            boolean composes = last > 0 && first.codePointCount(0, first.length()) == 1
                    && Normalizer.normalize(first + parts.substring(last), Form.NFC)
                            .equals(Character.toString(codePoint));
            if (composes && !isHangul(codePoint)) {
                rows.add(hex(first + parts.substring(last)) + " " + CodePointRanges.hex(codePoint));
            }
        });
        return rows;
    }
}
