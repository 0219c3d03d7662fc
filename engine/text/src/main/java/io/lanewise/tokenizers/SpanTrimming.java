package io.lanewise.tokenizers;

import io.lanewise.tokenizers.processors.SpanTrim;
import io.lanewise.tokenizers.text.Tokens;

/** Leaves white space out of a token's span, as many characters as its piece has at that end. */
final class SpanTrimming {

    private SpanTrimming() {}

    /**
     * Trims the span of a token that stands at {@code at}.
     *
     * @param isFirst whether it is its text's first one
     * @param token its number among the tokens {@code from}
     */
    static void apply(SpanTrim trim, Encoding.Columns columns, int at, boolean isFirst, Tokens from, int token) {
        int id = from.id(token);
        boolean ownText = from.hasOwnText(token);
        int before = ownText ? from.spacesBefore(token) : columns.tokenizer.vocabulary().spacesBefore(id);
        int behind = ownText ? from.spacesBehind(token) : columns.tokenizer.vocabulary().spacesBehind(id);
        String text = columns.texts[columns.sources[at]];
        boolean own = before == 1 && trim.prefixSpaceAdded() && (isFirst || columns.starts[at] == 0);
        if (!own) {
            columns.starts[at] = forward(text, columns.starts[at], columns.ends[at], before);
        }
        columns.ends[at] = backward(text, columns.ends[at], columns.starts[at], behind);
    }

    private static int forward(String text, int start, int end, int codePoints) {
        int at = start;
        for (int i = 0; i < codePoints && at < end; i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return codePoints == 0 ? start : Math.min(at, end);
    }

    /** Goes back unless that many code points are not there. */
    private static int backward(String text, int end, int start, int codePoints) {
        boolean few = end < 2 * codePoints && text.codePointCount(0, end) < codePoints;
        int at = end;
        for (int i = 0; !few && i < codePoints && at > start; i++) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return codePoints == 0 || few ? end : Math.max(at, start);
    }
}
