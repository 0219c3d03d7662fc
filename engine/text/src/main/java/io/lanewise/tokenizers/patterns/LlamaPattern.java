package io.lanewise.tokenizers.patterns;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.unicode.WhiteSpace;

import static io.lanewise.tokenizers.patterns.Gpt2Pattern.LETTERS;
import static io.lanewise.tokenizers.patterns.Gpt2Pattern.NUMBERS;

/** The words of GPT-4, Llama 3 and Qwen: as GPT-2's, with numbers in parts and line breaks by themselves. */
final class LlamaPattern implements TextPattern {

    private static final int LONG_S = 0x17F; // folds to s

    private final int mostDigits;

    LlamaPattern(int mostDigits) {
        this.mostDigits = mostDigits;
    }

    /** Returns the expression that such a scanner stands for. */
    static String regex(String numbers) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + numbers
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    @Override
    public void find(AlignedText text, int from, int to, Segments segments) {
        int[] codePoints = text.codePoints();
        for (int i = from; i < to;) {
            int end = end(codePoints, i, to);
            segments.match(i, end);
            i = end;
        }
    }

    private int end(int[] codePoints, int at, int to) {
        int contraction = contraction(codePoints, at, to);
        if (contraction > 0) {
            return at + contraction;
        }
        int codePoint = codePoints[at];
        if (LETTERS.contains(codePoint)) {
            return Gpt2Pattern.run(LETTERS, codePoints, at, to);
        }
        if (NUMBERS.contains(codePoint)) {
            return Gpt2Pattern.run(NUMBERS, codePoints, at, Math.min(to, at + mostDigits));
        }
        boolean letterFollows = at + 1 < to && LETTERS.contains(codePoints[at + 1]);
        if (letterFollows && !isBreak(codePoint)) {
            return Gpt2Pattern.run(LETTERS, codePoints, at + 1, to);
        }
        int first = codePoint == ' ' && at + 1 < to ? at + 1 : at;
        if (Gpt2Pattern.isOther(codePoints[first])) {
            return breaks(codePoints, Gpt2Pattern.others(codePoints, first, to), to);
        }
        return spaces(codePoints, at, to);
    }

    private static int contraction(int[] codePoints, int at, int to) {
        if (codePoints[at] != '\'' || at + 1 == to) {
            return 0;
        }
        int second = at + 2 < to ? codePoints[at + 2] | ' ' : 0; // lower case, of ASCII letters
        return switch (codePoints[at + 1]) {
            case 's', 't', 'm', 'd', 'S', 'T', 'M', 'D', LONG_S -> 2;
            case 'r', 'v', 'R', 'V' -> second == 'e' ? 3 : 0;
            case 'l', 'L' -> second == 'l' ? 3 : 0;
            default -> 0;
        };
    }

    private static boolean isBreak(int codePoint) {
        return codePoint == '\r' || codePoint == '\n';
    }

    private static int breaks(int[] codePoints, int at, int to) {
        int end = at;
        while (end < to && isBreak(codePoints[end])) {
            end++;
        }
        return end;
    }

    /** Returns the end of white space: after its last line break if there is one, else as GPT-2's. */
    private static int spaces(int[] codePoints, int at, int to) {
        int lastBreak = -1;
        for (int i = at; i < to && WhiteSpace.is(codePoints[i]); i++) {
            lastBreak = isBreak(codePoints[i]) ? i : lastBreak;
        }
        return lastBreak >= 0 ? lastBreak + 1 : Gpt2Pattern.spaces(codePoints, at, to);
    }

    /** Letters may have another character before them, and line breaks belong to what they follow. */
    @Override
    public boolean mayPart(int before, int after) {
        if (NUMBERS.contains(before) && NUMBERS.contains(after)) {
            return mostDigits == 1;
        }
        boolean attached = Gpt2Pattern.isOther(before) && LETTERS.contains(after);
        return !WhiteSpace.is(before) && !isBreak(after) && !attached
                && Gpt2Pattern.isOfAnotherKind(before, after);
    }

    @Override
    public boolean cuts(int before, int after) {
        return mayPart(before, after);
    }
}
