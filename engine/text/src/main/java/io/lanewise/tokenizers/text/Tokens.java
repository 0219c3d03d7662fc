package io.lanewise.tokenizers.text;

import java.util.Arrays;

/** Tokens as a model makes them, in the order of the text. Reused from text to text; for one thread. */
public final class Tokens {

    private static final int FIRST_CAPACITY = 64;

    private int[] ids = new int[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY]; // UTF-16 units of the whole text
    private int[] ends = new int[FIRST_CAPACITY];
    private int[] words = new int[FIRST_CAPACITY];
    private int[] spacesBefore = new int[FIRST_CAPACITY]; // 0 but for added tokens, so not written for others
    private int[] spacesBehind = new int[FIRST_CAPACITY];
    private int spacesEnd; // from here on, both are 0
    private int count;
    private int word;

    /** Forgets all tokens. */
    public void clear() {
        count = 0;
        word = 0;
        forgetSpaces();
    }

    /** Says that what is added from now on belongs to the next piece of the text. */
    public void nextWord() {
        word++;
    }

    /** Forgets all tokens but the first ones. */
    public void cut(int newCount) {
        count = newCount;
        forgetSpaces();
    }

    private void forgetSpaces() {
        if (count < spacesEnd) {
            Arrays.fill(spacesBefore, count, spacesEnd, 0);
            Arrays.fill(spacesBehind, count, spacesEnd, 0);
            spacesEnd = count;
        }
    }

    /** Adds a token. */
    public void add(int id, int start, int end) {
        if (count == ids.length) {
            grow();
        }
        ids[count] = id;
        starts[count] = start;
        ends[count] = end;
        words[count++] = word;
    }

    /** Adds a token that has taken in so much white space of its surroundings. */
    public void add(int id, int start, int end, int before, int behind) {
        add(id, start, end);
        spacesBefore[count - 1] = before;
        spacesBehind[count - 1] = behind;
        spacesEnd = count;
    }

    private void grow() {
        int capacity = 2 * count;
        ids = Arrays.copyOf(ids, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        words = Arrays.copyOf(words, capacity);
        spacesBefore = Arrays.copyOf(spacesBefore, capacity);
        spacesBehind = Arrays.copyOf(spacesBehind, capacity);
    }

    /** Returns how many tokens there are. */
    public int count() {
        return count;
    }

    /** Returns a token's id. */
    public int id(int token) {
        return ids[token];
    }

    /** Returns the first UTF-16 unit of what a token came from. */
    public int start(int token) {
        return starts[token];
    }

    /** Returns the UTF-16 unit after what a token came from. */
    public int end(int token) {
        return ends[token];
    }

    /** Returns the number of the piece of the text that a token belongs to. */
    public int word(int token) {
        return words[token];
    }

    /** Returns the white space that an added token has taken in before it. */
    public int spacesBefore(int token) {
        return spacesBefore[token];
    }

    /** Returns the white space that an added token has taken in behind it. */
    public int spacesBehind(int token) {
        return spacesBehind[token];
    }

    /** Returns about how many bytes are kept for the next text. */
    public long keptBytes() {
        return 6L * Integer.BYTES * ids.length;
    }

    /** Copies some tokens into columns, from {@code at} on. */
    public void copy(int from, int to, int[] idColumn, int[] startColumn, int[] endColumn, int[] wordColumn, int at) {
        System.arraycopy(ids, from, idColumn, at, to - from);
        System.arraycopy(starts, from, startColumn, at, to - from);
        System.arraycopy(ends, from, endColumn, at, to - from);
        System.arraycopy(words, from, wordColumn, at, to - from);
    }

    /** Copies the ids of some tokens. */
    public void copyIds(int from, int to, int[] target, int at) {
        System.arraycopy(ids, from, target, at, to - from);
    }
}
