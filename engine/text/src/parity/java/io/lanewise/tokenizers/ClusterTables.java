package io.lanewise.tokenizers;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How code points join into clusters, as the JDK's {@code \X} shows it, which is of the same Unicode; it takes more for control
 * characters, though, so that these are asked of the reference.
 */
final class ClusterTables {

    private static final Pattern CLUSTER = Pattern.compile("\\X");
    private static final String JOINER = "\u200D";
    private static final String PICTURE = "\u2764";
    /** What joins pictures, and extends all else: it has a rule of its own. */
    private static final int JOINER_CODE_POINT = 0x200D;

    private ClusterTables() {}

    static Map<String, List<String>> all() {
        return Map.of(
                "grapheme-control", CodePointRanges.of(ClusterBreaks.all()),
                "grapheme-extend", CodePointRanges.of(CodePointRanges.where(ClusterTables::extendsBase)),
                "grapheme-prepend", CodePointRanges.of(CodePointRanges.where(ClusterTables::isPrepended)),
                "grapheme-pictographic", CodePointRanges.of(CodePointRanges.where(ClusterTables::isPicture)));
    }

    private static boolean extendsBase(int codePoint) {
        return codePoint != JOINER_CODE_POINT && isOne("a" + Character.toString(codePoint));
    }

    private static boolean isPrepended(int codePoint) {
        return isOne(Character.toString(codePoint) + "a");
    }

    private static boolean isPicture(int codePoint) {
        return isOne(Character.toString(codePoint) + JOINER + PICTURE) && !isPrepended(codePoint);
    }

    private static boolean isOne(String text) {
        Matcher matcher = CLUSTER.matcher(text);
        return matcher.find() && matcher.end() == text.length();
    }
}
