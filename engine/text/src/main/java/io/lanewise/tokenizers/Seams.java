package io.lanewise.tokenizers;

import java.util.HashSet;
import java.util.Set;

import io.lanewise.tokenizers.text.PlainCharacters;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/**
 * Knows where a text may be parted: what each part becomes by itself is what it becomes in the whole text. That is between two
 * {@linkplain PlainCharacters plain characters}, each with another on its other side, where the normalizer says so, the
 * pre-tokenizer cuts whatever stands further away, and no added token reaches across or looks there. For any number of threads.
 */
final class Seams {

    private static final CodePoints WORD = CodePoints.named("word");

    private static final int ASCII = 0x80;
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final Pipeline pipeline;
    private final Surroundings raw;
    private final Surroundings normalized;
    private final byte[] ascii = new byte[ASCII * ASCII]; // by two characters, 0 where nobody has asked; threads agree

    Seams(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.raw = new Surroundings(pipeline.added().raw());
        this.normalized = new Surroundings(pipeline.added().normalized());
    }

    /** Returns the first place from {@code from} on at which a text may be parted, or its length. */
    int next(String text, int from) {
        if (pipeline.preTokenizer() == null) {
            return text.length();
        }
        for (int i = Math.max(2, from); i < text.length() - 1; i++) {
            if (isSeam(text.charAt(i - 1), text.charAt(i)) && PlainCharacters.is(text.charAt(i - 2))
                    && PlainCharacters.is(text.charAt(i + 1))) {
                return i;
            }
        }
        return text.length();
    }

    private boolean isSeam(char before, char after) {
        if (before >= ASCII || after >= ASCII) {
            return mayPart(before, after);
        }
        int place = before * ASCII + after;
        if (ascii[place] == 0) {
            ascii[place] = mayPart(before, after) ? YES : NO;
        }
        return ascii[place] == YES;
    }

    /** Asks the pre-tokenizer before the added tokens: in a text of few seams, nearly all places end there. */
    private boolean mayPart(char before, char after) {
        boolean plain = PlainCharacters.is(before) && PlainCharacters.is(after);
        if (!plain) {
            return false;
        }
        int left = before;
        int right = after;
        if (pipeline.normalizer() != null) {
            if (!pipeline.normalizer().mayPart(before, after)) {
                return false;
            }
            left = pipeline.normalizer().becomes(before);
            right = pipeline.normalizer().becomes(after);
        }
        boolean known = left != PlainCharacters.NONE && right != PlainCharacters.NONE;
        return known && pipeline.preTokenizer().cuts(left, right) && !raw.matter(before, after)
                && !normalized.matter(left, right);
    }

    /** What the added tokens of a matcher look at: which characters side by side are in one, and which are at an end that matters. */
    private static final class Surroundings {

        private final Set<Long> neighbours = new HashSet<>();
        private final Set<Integer> wholeFirsts = new HashSet<>(); // of tokens that must not be part of a word
        private final Set<Integer> wholeLasts = new HashSet<>();
        private final Set<Integer> strippingFirsts = new HashSet<>(); // of tokens that take in the white space before them
        private final Set<Integer> strippingLasts = new HashSet<>();

        Surroundings(AddedMatcher matcher) {
            if (matcher != null) {
                matcher.forEach(this::add);
            }
        }

        private void add(String content, AddedToken token) {
            int[] codePoints = content.codePoints().toArray();
            for (int i = 1; i < codePoints.length; i++) {
                neighbours.add(pair(codePoints[i - 1], codePoints[i]));
            }
            int first = codePoints[0];
            int last = codePoints[codePoints.length - 1];
            if (token.singleWord()) {
                wholeFirsts.add(first);
                wholeLasts.add(last);
            }
            if (token.stripsLeft()) {
                strippingFirsts.add(first);
            }
            if (token.stripsRight()) {
                strippingLasts.add(last);
            }
        }

        private static long pair(int before, int after) {
            return (long) before << Integer.SIZE | after;
        }

        /** Says whether a token may reach across, or depend on what stands on the other side. */
        boolean matter(int before, int after) {
            if (neighbours.isEmpty() && wholeFirsts.isEmpty() && strippingFirsts.isEmpty()
                    && strippingLasts.isEmpty()) {
                return false;
            }
            boolean words = WORD.contains(after) && wholeLasts.contains(before)
                    || WORD.contains(before) && wholeFirsts.contains(after);
            boolean space = WhiteSpace.is(after) && (WhiteSpace.is(before) || strippingLasts.contains(before))
                    || WhiteSpace.is(before) && strippingFirsts.contains(after);
            boolean strips = !strippingFirsts.isEmpty() || !strippingLasts.isEmpty();
            return words || strips && space || neighbours.contains(pair(before, after));
        }
    }
}
