package io.lanewise.tokenizers.patterns;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;

/** A string that is looked for as it is. It is not empty. */
final class StringPattern implements TextPattern {

    private final int[] wanted; // code points

    StringPattern(String string) {
        wanted = string.codePoints().toArray();
    }

    @Override
    public void find(AlignedText text, int from, int to, Segments segments) {
        int[] codePoints = text.codePoints();
        for (int i = from; i + wanted.length <= to;) {
            if (isAt(codePoints, i)) {
                segments.match(i, i + wanted.length);
                i += wanted.length;
            } else {
                i++;
            }
        }
    }

    private boolean isAt(int[] codePoints, int at) {
        for (int i = 0; i < wanted.length; i++) {
            if (codePoints[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean mayPart(int before, int after) {
        for (int i = 1; i < wanted.length; i++) {
            if (wanted[i - 1] == before && wanted[i] == after) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean cuts(int before, int after) {
        return wanted.length == 1 && (before == wanted[0] || after == wanted[0]);
    }

    @Override
    public Matching matches(int plain) {
        if (wanted.length == 1) {
            return wanted[0] == plain ? Matching.BY_ITSELF : Matching.NEVER;
        }
        for (int codePoint : wanted) {
            if (codePoint == plain) {
                return Matching.MAYBE;
            }
        }
        return Matching.NEVER;
    }
}
