package io.lanewise.tokenizers;

import io.lanewise.tokenizers.text.Tokens;

/**
 * Makes the first tokens of a text without reading much more of it than they need.
 *
 * <p>A beginning of the text is cut at a space between two words, where no component looks across: then its tokens are the
 * text's. It is doubled until there are enough of them, and a few words more, since an added token may reach across a space.
 */
final class LongTexts {

    private static final int UNITS_A_TOKEN = 8;
    private static final int FEWEST_UNITS = 256;

    private final Pipeline pipeline;
    private final boolean isLocal;
    private final int longestAdded;

    LongTexts(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.isLocal = pipeline.preTokenizer() != null && pipeline.preTokenizer().isLocal()
                && pipeline.preTokenizer().cutsAtSpaces()
                && (pipeline.normalizer() == null || pipeline.normalizer().isLocal());
        this.longestAdded = Math.max(longest(pipeline.added().raw()), longest(pipeline.added().normalized()));
    }

    private static int longest(AddedMatcher matcher) {
        return matcher == null ? 0 : matcher.longest();
    }

    /** Makes at least so many tokens, or all that there are; the first are those of the whole text. */
    void tokenize(String text, int wanted, boolean specialTokensAsText, Pipeline.Bench bench, Tokens tokens) {
        long units = Math.max(FEWEST_UNITS, (long) UNITS_A_TOKEN * wanted) + 4L * longestAdded;
        while (isLocal && units < text.length()) {
            int end = wordEnd(text, (int) units);
            if (end < 0) {
                break;
            }
            pipeline.tokenize(text, end, specialTokensAsText, bench, tokens);
            if (tokens.count() >= wanted && reaches(tokens, wanted, end - 2 * longestAdded - 2)) {
                return;
            }
            units *= 2;
        }
        pipeline.tokenize(text, text.length(), specialTokensAsText, bench, tokens);
    }

    /** Says whether the wanted tokens end where no added token could begin that the cut has broken. */
    private static boolean reaches(Tokens tokens, int wanted, int safeEnd) {
        return wanted == 0 || tokens.end(wanted - 1) < safeEnd;
    }

    /** Returns the first place from {@code from} on that is a space between two ASCII letters, or −1 if none is near. */
    private static int wordEnd(String text, int from) {
        int most = (int) Math.min(text.length() - 1L, 2L * from);
        for (int i = Math.max(1, from); i < most; i++) {
            if (text.charAt(i) == ' ' && isLetter(text.charAt(i - 1)) && isLetter(text.charAt(i + 1))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLetter(char unit) {
        return unit >= 'a' && unit <= 'z' || unit >= 'A' && unit <= 'Z';
    }
}
