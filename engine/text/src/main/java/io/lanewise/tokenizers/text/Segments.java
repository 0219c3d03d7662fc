package io.lanewise.tokenizers.text;

import java.util.Arrays;

/** A piece of text as what a pattern matched and what lies between. Reused from piece to piece; for one thread. */
public final class Segments {

    private static final int FIRST_CAPACITY = 64;

    private int[] starts = new int[FIRST_CAPACITY];
    private boolean[] matches = new boolean[FIRST_CAPACITY];
    private int count;
    private int end;

    /** Begins with the piece that starts at a code point. */
    public void begin(int from) {
        count = 0;
        end = from;
    }

    /** Adds a match, and before it what lies between it and the one before. */
    public void match(int from, int to) {
        gap(from);
        add(from, true);
        end = to;
    }

    /** Ends the piece. */
    public void finish(int to) {
        gap(to);
        ensure();
        starts[count] = to;
    }

    private void gap(int to) {
        if (end < to) {
            add(end, false);
            end = to;
        }
    }

    private void add(int start, boolean match) {
        ensure();
        starts[count] = start;
        matches[count++] = match;
    }

    private void ensure() {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            matches = Arrays.copyOf(matches, 2 * count);
        }
    }

    /** Returns about how many bytes are kept for the next piece. */
    public long keptBytes() {
        return 5L * starts.length;
    }

    /** Turns matches into what lies between, and the other way round. */
    public void invert() {
        for (int i = 0; i < count; i++) {
            matches[i] = !matches[i];
        }
    }

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /** Returns a segment's first code point. */
    public int from(int segment) {
        return starts[segment];
    }

    /** Returns the code point after a segment's last one. */
    public int to(int segment) {
        return starts[segment + 1];
    }

    /** Says whether a segment was matched. */
    public boolean isMatch(int segment) {
        return matches[segment];
    }
}
