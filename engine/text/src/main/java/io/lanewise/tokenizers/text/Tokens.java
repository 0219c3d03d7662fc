package io.lanewise.tokenizers.text;

import java.util.Arrays;

/** Tokens as a model makes them, in the order of the text. Reused from text to text; for one thread. */
public final class Tokens {

    private static final int FIRST_CAPACITY = 64;

    private int[] ids = new int[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY]; // UTF-16 units of the whole text
    private int[] ends = new int[FIRST_CAPACITY];
    private int[] words = new int[FIRST_CAPACITY];
    private int[] spacesBefore = new int[FIRST_CAPACITY]; // one more, 0 where they are the piece's, so not written for most
    private int[] spacesBehind = new int[FIRST_CAPACITY];
    private int spacesEnd; // from here on, both are 0
    private int count;
    private int word;
    private int wanted = Integer.MAX_VALUE;

    /** Forgets all tokens, and says how many of the next ones are wanted; there may be more. */
    public void clear(int nowWanted) {
        wanted = nowWanted;
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

    /** Forgets all tokens but the first ones, and goes on with a word. */
    public void cut(int newCount, int newWord) {
        cut(newCount);
        word = newWord;
    }

    /** Returns the number of the word that tokens are added to. */
    public int word() {
        return word;
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

    /** Adds a token that stands for text which is not its piece, as added and unknown ones do. */
    public void add(int id, AlignedText text, int from, int to) {
        add(id, text.start(from), text.end(to - 1));
        int before = from;
        while (before < to && TrimmedSpace.is(text.at(before))) {
            before++;
        }
        int behind = to;
        while (behind > from && TrimmedSpace.is(text.at(behind - 1))) {
            behind--;
        }
        spacesBefore[count - 1] = 1 + before - from;
        spacesBehind[count - 1] = 1 + to - behind;
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

    /** Says whether no more are wanted. */
    public boolean areEnough() {
        return count >= wanted;
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

    /** Says whether a token stands for text which is not its piece. */
    public boolean hasOwnText(int token) {
        return spacesBefore[token] > 0;
    }

    /** Returns how many characters of white space the text of a token begins with that is not its piece. */
    public int spacesBefore(int token) {
        return spacesBefore[token] - 1;
    }

    /** Returns how many characters of white space the text of a token ends with that is not its piece. */
    public int spacesBehind(int token) {
        return spacesBehind[token] - 1;
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
