package io.lanewise.tokenizers.text;

import java.util.Arrays;

import io.lanewise.LanewiseException;

/**
 * A part of a text while it is normalized: code points, and for each the part of the Java string that it came from. Reused from
 * text to text; for one thread.
 *
 * <p>A normalizer writes the text anew, from the first code point to the last: {@link #begin}, {@link #put} for each code point
 * that stays or comes, {@link #finish}. A code point says with its <i>change</i> where it came from, as in the reference:
 *
 * <pre>
 *    0   it stands for the next code point of the text before
 *   −n   it stands for the next one and the n after it, of which nothing else remains
 *    1   it is new, and belongs to where the one before it came from
 * </pre>
 */
public final class AlignedText {

    private static final int FIRST_CAPACITY = 256;

    /** Known forms make 18 characters of one, then 2 bytes of each; what doubles a text again and again must end somewhere. */
    private static final long MOST_A_UNIT = 256;
    /** What a file puts before a text or in place of it is a few characters. */
    private static final long ALWAYS_ALLOWED = 1 << 12;
    private static final int MOST_CODE_POINTS = Integer.MAX_VALUE - 8; // of an array

    private int[] codePoints = new int[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY]; // UTF-16 units of the whole text
    private int[] ends = new int[FIRST_CAPACITY];
    private int length;
    private int origin;
    private int most; // code points that may become of it

    // what is being written
    private int[] nextCodePoints = new int[FIRST_CAPACITY];
    private int[] nextStarts = new int[FIRST_CAPACITY];
    private int[] nextEnds = new int[FIRST_CAPACITY];
    private int nextLength;
    private int room; // code points that may be written before there has to be more memory; no more than may become of it
    private int at; // the next code point of the text before
    private boolean lastIsNew; // whether what was put last came with no code point of the text before
    private boolean slipped;

    private final Draft draft = new Draft();
    private final Segments segments = new Segments();

    /** Returns how many code points may become of a text, whatever is done to it. */
    public static long allowed(long units) {
        return ALWAYS_ALLOWED + MOST_A_UNIT * units;
    }

    /** Takes the units {@code from … to} of a text; half of a surrogate pair alone becomes U+FFFD. */
    public void load(String text, int from, int to) {
        length = 0;
        origin = from;
        slipped = false;
        most = (int) Math.min(allowed(to - from), MOST_CODE_POINTS);
        reserve(to - from);
        for (int i = from; i < to;) {
            char unit = text.charAt(i);
            int codePoint = unit;
            int next = i + 1;
            if (Character.isSurrogate(unit)) {
                codePoint = pair(text, i, to);
                next = codePoint > Character.MAX_VALUE ? i + 2 : i + 1;
            }
            codePoints[length] = codePoint;
            starts[length] = i;
            ends[length++] = next;
            i = next;
        }
    }

    private static int pair(String text, int i, int to) {
        boolean whole = Character.isHighSurrogate(text.charAt(i)) && i + 1 < to
                && Character.isLowSurrogate(text.charAt(i + 1));
        return whole ? text.codePointAt(i) : 0xFFFD;
    }

    /** Takes a part of another text as it is now. */
    public void load(AlignedText other, int from, int to) {
        reserve(to - from);
        length = to - from;
        origin = from < to ? other.starts[from] : other.origin;
        slipped = false;
        most = other.most;
        System.arraycopy(other.codePoints, from, codePoints, 0, length);
        System.arraycopy(other.starts, from, starts, 0, length);
        System.arraycopy(other.ends, from, ends, 0, length);
    }

    private void reserve(int capacity) {
        if (codePoints.length < capacity) {
            codePoints = new int[capacity];
            starts = new int[capacity];
            ends = new int[capacity];
        }
    }

    /** Returns how many code points there are. */
    public int length() {
        return length;
    }

    /** Returns a code point. */
    public int at(int index) {
        return codePoints[index];
    }

    /** Returns where a code point came from: the first UTF-16 unit of the whole text. */
    public int start(int index) {
        return starts[index];
    }

    /** Returns where what a code point came from ends, in UTF-16 units of the whole text. */
    public int end(int index) {
        return ends[index];
    }

    /** Returns where the text begins, in UTF-16 units of the whole text. */
    public int origin() {
        return origin;
    }

    /** Returns the code points, for loops; there may be more than {@link #length}. */
    public int[] codePoints() {
        return codePoints;
    }

    /** Replaces a code point by another that came from the same place. */
    public void set(int index, int codePoint) {
        codePoints[index] = codePoint;
    }

    /** Says whether every code point is below {@code limit}. */
    public boolean isBelow(int limit) {
        for (int i = 0; i < length; i++) {
            if (codePoints[i] >= limit) {
                return false;
            }
        }
        return true;
    }

    /** Returns a part as a string. */
    public String substring(int from, int to) {
        return new String(codePoints, from, to - from);
    }

    // ---------------------------------------------------------------- writing anew

    /** Begins to write the text anew; {@code removed} code points at its start have no successor. */
    public void begin(int removed) {
        nextLength = 0;
        room = Math.min(nextCodePoints.length, most);
        at = removed;
        lastIsNew = false;
    }

    /** Writes a code point; {@code change} as the class says. */
    public void put(int codePoint, int change) {
        lastIsNew = change > 0;
        if (lastIsNew) {
            append(codePoint, at == 0 ? origin : starts[at - 1], at == 0 ? origin : ends[at - 1]);
        } else {
            append(codePoint, starts[at], ends[at]);
            at += 1 - change;
        }
    }

    /** Lets what was put last stand for the next {@code count} code points of the text before, of which nothing else remains. */
    public void absorb(int count) {
        if (lastIsNew) {
            nextStarts[nextLength - 1] = starts[at];
            nextEnds[nextLength - 1] = ends[at];
            lastIsNew = false;
        }
        at += count;
    }

    /** Says that code points at the start go for which nothing stands, so that all that follow are said to come from before. */
    public void slip() {
        slipped = true;
    }

    /** Says whether code points are said to come from before where they did, since the text was taken. */
    public boolean hasSlipped() {
        return slipped;
    }

    /** Writes the code points {@code from … to} of the text before as they are. */
    public void keep(int from, int to) {
        reserveNext(to - from);
        System.arraycopy(codePoints, from, nextCodePoints, nextLength, to - from);
        System.arraycopy(starts, from, nextStarts, nextLength, to - from);
        System.arraycopy(ends, from, nextEnds, nextLength, to - from);
        nextLength += to - from;
    }

    /** Writes a code point that came from a known place. */
    public void append(int codePoint, int start, int end) {
        if (nextLength == room) {
            reserveNext(1);
        }
        nextCodePoints[nextLength] = codePoint;
        nextStarts[nextLength] = start;
        nextEnds[nextLength++] = end;
    }

    /** Returns how many code points have been written. */
    public int written() {
        return nextLength;
    }

    private void reserveNext(int count) {
        long needed = nextLength + (long) count;
        if (needed <= room) {
            return;
        }
        if (needed > most) {
            throw new LanewiseException(
                    "a text must not become many times as long: code points=%d, allowed=%d".formatted(needed, most));
        }
        room = (int) Math.min(Math.max(needed, 2L * room), most);
        nextCodePoints = Arrays.copyOf(nextCodePoints, room);
        nextStarts = Arrays.copyOf(nextStarts, room);
        nextEnds = Arrays.copyOf(nextEnds, room);
    }

    /** Puts what was written in the text's place. */
    public void finish() {
        int[] before = codePoints;
        codePoints = nextCodePoints;
        nextCodePoints = before;
        before = starts;
        starts = nextStarts;
        nextStarts = before;
        before = ends;
        ends = nextEnds;
        nextEnds = before;
        length = nextLength;
    }

    /** Returns where a normalizer puts code points in order before it writes them. */
    public Draft draft() {
        return draft;
    }

    /** Returns where a normalizer has patterns find what it replaces. */
    public Segments segments() {
        return segments;
    }

    /** Returns about how many bytes are kept for the next text. */
    public long keptBytes() {
        return 3L * Integer.BYTES * (codePoints.length + nextCodePoints.length) + draft.keptBytes()
                + segments.keptBytes();
    }
}
