package io.lanewise.tokenizers.unicode;

/**
 * Finds where a character ends that people see as one (an extended grapheme cluster, UAX 29), as far as the reference asks: it
 * looks at clusters of fewer than 6 bytes of UTF-8. Flags, jamo and Indic conjuncts are longer, so their rules make no
 * difference and are not here.
 */
public final class GraphemeClusters {

    private static final int JOINER = 0x200D;

    private static final CodePoints CONTROL = CodePoints.named("grapheme-control");
    private static final CodePoints EXTEND = CodePoints.named("grapheme-extend");
    private static final CodePoints PREPEND = CodePoints.named("grapheme-prepend");
    private static final CodePoints PICTOGRAPHIC = CodePoints.named("grapheme-pictographic");

    private GraphemeClusters() {}

    /** Returns the code point after the cluster that begins at {@code from}. */
    public static int end(int[] codePoints, int from, int length) {
        boolean pictograph = PICTOGRAPHIC.contains(codePoints[from]);
        int i = from + 1;
        while (i < length && joins(codePoints[i - 1], codePoints[i], pictograph)) {
            pictograph = PICTOGRAPHIC.contains(codePoints[i]) || pictograph && extendsBase(codePoints[i]);
            i++;
        }
        return i;
    }

    private static boolean joins(int before, int here, boolean pictographBefore) {
        if (before < 0x80 && here < 0x80) {
            return before == '\r' && here == '\n';
        }
        if (isControl(before) || isControl(here)) {
            return false;
        }
        return extendsBase(here) || PREPEND.contains(before)
                || before == JOINER && pictographBefore && PICTOGRAPHIC.contains(here);
    }

    private static boolean isControl(int codePoint) {
        return codePoint == '\r' || codePoint == '\n' || CONTROL.contains(codePoint);
    }

    private static boolean extendsBase(int codePoint) {
        return codePoint == JOINER || EXTEND.contains(codePoint);
    }
}
