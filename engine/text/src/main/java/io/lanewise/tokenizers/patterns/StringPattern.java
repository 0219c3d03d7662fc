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
    public boolean isLocal() {
        for (int codePoint : wanted) {
            if (codePoint == ' ' || codePoint >= 'a' && codePoint <= 'z' || codePoint >= 'A' && codePoint <= 'Z') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean cutsAtSpaces() {
        return false;
    }
}
