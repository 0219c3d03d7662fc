package io.lanewise.tokenizers.text;

import java.util.Arrays;

/**
 * A text cut into pieces, each a run of its code points; what lies between two pieces is gone. A pre-tokenizer makes new pieces
 * of every piece: {@link #begin}, {@link #add} for each new one, {@link #finish}. Reused from text to text; for one thread.
 */
public final class Pieces {

    private static final int FIRST_CAPACITY = 64;

    private AlignedText text;
    private int[] bounds = new int[2 * FIRST_CAPACITY]; // from, to of each piece
    private int count;
    private int[] nextBounds = new int[2 * FIRST_CAPACITY];
    private int nextCount;

    /** Makes one piece of a whole text, or none if there is none. */
    public void reset(AlignedText whole) {
        text = whole;
        count = 0;
        if (text.length() > 0) {
            bounds[0] = 0;
            bounds[1] = text.length();
            count = 1;
        }
    }

    /** Returns the text. */
    public AlignedText text() {
        return text;
    }

    /** Returns how many pieces there are. */
    public int count() {
        return count;
    }

    /** Returns a piece's first code point. */
    public int from(int piece) {
        return bounds[2 * piece];
    }

    /** Returns the code point after a piece's last one. */
    public int to(int piece) {
        return bounds[2 * piece + 1];
    }

    /** Returns about how many bytes are kept for the next text. */
    public long keptBytes() {
        return (long) Integer.BYTES * (bounds.length + nextBounds.length);
    }

    /** Begins with new pieces. */
    public void begin() {
        nextCount = 0;
    }

    /** Adds a new piece, unless it is empty. */
    public void add(int from, int to) {
        if (from == to) {
            return;
        }
        if (2 * nextCount == nextBounds.length) {
            nextBounds = Arrays.copyOf(nextBounds, 2 * nextBounds.length);
        }
        nextBounds[2 * nextCount] = from;
        nextBounds[2 * nextCount++ + 1] = to;
    }

    /** Puts the new pieces in place of those before. */
    public void finish() {
        int[] before = bounds;
        bounds = nextBounds;
        nextBounds = before;
        count = nextCount;
    }
}
