package io.lanewise.tokenizers.patterns;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/** The words of GPT-2: contractions, letters, numbers and other characters, each with a space before it, and white space. */
public final class Gpt2Pattern implements TextPattern {

    /** The expression that this scanner stands for. */
    static final String REGEX = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    /** The only one. */
    public static final Gpt2Pattern INSTANCE = new Gpt2Pattern();

    static final CodePoints LETTERS = CodePoints.named("letter");
    static final CodePoints NUMBERS = CodePoints.named("number");

    private Gpt2Pattern() {}

    @Override
    public void find(AlignedText text, int from, int to, Segments segments) {
        int[] codePoints = text.codePoints();
        for (int i = from; i < to;) {
            int end = end(codePoints, i, to);
            segments.match(i, end);
            i = end;
        }
    }

    private static int end(int[] codePoints, int at, int to) {
        int contraction = contraction(codePoints, at, to);
        if (contraction > 0) {
            return at + contraction;
        }
        int first = codePoints[at] == ' ' && at + 1 < to ? at + 1 : at;
        int codePoint = codePoints[first];
        if (LETTERS.contains(codePoint)) {
            return run(LETTERS, codePoints, first, to);
        }
        if (NUMBERS.contains(codePoint)) {
            return run(NUMBERS, codePoints, first, to);
        }
        return WhiteSpace.is(codePoint) ? spaces(codePoints, at, to) : others(codePoints, first, to);
    }

    private static int contraction(int[] codePoints, int at, int to) {
        if (codePoints[at] != '\'' || at + 1 == to) {
            return 0;
        }
        int second = at + 2 < to ? codePoints[at + 2] : 0;
        return switch (codePoints[at + 1]) {
            case 's', 't', 'm', 'd' -> 2;
            case 'r', 'v' -> second == 'e' ? 3 : 0;
            case 'l' -> second == 'l' ? 3 : 0;
            default -> 0;
        };
    }

    static int run(CodePoints kind, int[] codePoints, int at, int to) {
        int end = at + 1;
        while (end < to && kind.contains(codePoints[end])) {
            end++;
        }
        return end;
    }

    /** Returns the end of a run of what is neither white space nor a letter nor a number. */
    static int others(int[] codePoints, int at, int to) {
        int end = at + 1;
        while (end < to && isOther(codePoints[end])) {
            end++;
        }
        return end;
    }

    static boolean isOther(int codePoint) {
        return !WhiteSpace.is(codePoint) && !LETTERS.contains(codePoint) && !NUMBERS.contains(codePoint);
    }

    /** Returns the end of a run of white space, but for its last character where a word follows, unless it is the only one. */
    static int spaces(int[] codePoints, int at, int to) {
        int end = at + 1;
        while (end < to && WhiteSpace.is(codePoints[end])) {
            end++;
        }
        return end == to || end == at + 1 ? end : end - 1;
    }

    /** What one match ends with, another begins: all that comes before white space, and what is of another kind. */
    @Override
    public boolean mayPart(int before, int after) {
        return !WhiteSpace.is(before) && before != '\'' && isOfAnotherKind(before, after);
    }

    @Override
    public boolean cuts(int before, int after) {
        return mayPart(before, after);
    }

    static boolean isOfAnotherKind(int before, int after) {
        return LETTERS.contains(before) != LETTERS.contains(after)
                || NUMBERS.contains(before) != NUMBERS.contains(after)
                || WhiteSpace.is(before) != WhiteSpace.is(after);
    }
}
