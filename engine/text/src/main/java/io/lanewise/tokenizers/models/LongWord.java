package io.lanewise.tokenizers.models;

import java.util.Arrays;

/**
 * Joins the pairs of a very long word, such as a text without spaces, part by part, so that memory that is near is enough.
 *
 * <p>Tokens side by side are what a word becomes exactly if each two neighbours are what the text of both becomes: until a pair
 * is joined across the place between two tokens, both sides go on as if they stood alone, and whether such a pair's turn ever
 * comes depends on nothing but these two. So a part of the word is joined together with the last tokens before it, and if its
 * first token and the one before do not hold side by side, with more of them.
 */
final class LongWord {

    private static final int PART = 512; // symbols
    private static final int FEWEST_BACK = 4; // tokens that are made anew with the next part
    private static final int MOST_BACK = 512;

    private final PairQueue queue;

    // tokens that were made, their last few not yet for good
    private int[] tokens = new int[0];
    private int[] lengths = new int[0]; // in symbols
    private int count;

    // the part at work
    private int[] part = new int[2 * PART];
    private int[] partLengths = new int[2 * PART];

    LongWord(Merges merges) {
        this.queue = new PairQueue(merges);
    }

    /**
     * Joins symbols until no pair is left.
     *
     * @param ids by symbol; those that are left come first afterwards
     * @param bytes by symbol, likewise
     * @return how many symbols are left
     */
    int merge(int[] ids, int[] bytes, int symbols) {
        count = 0;
        for (int from = 0; from < symbols; from += PART) {
            int to = Math.min(from + PART, symbols);
            if (!append(ids, from, to)) {
                return queue.merge(ids, bytes, symbols);
            }
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int end = at + lengths[i]; at < end; at++) {
                sum += bytes[at];
            }
            ids[i] = tokens[i];
            bytes[i] = sum;
        }
        return count;
    }

    /** Adds the tokens of the next part; false if a token depends on very many before it. */
    private boolean append(int[] ids, int from, int to) {
        int kept = count;
        int start = from;
        for (int back = FEWEST_BACK; back <= MOST_BACK; back *= 4) {
            int last = kept;
            kept = Math.max(0, last - back);
            for (int i = kept; i < last; i++) {
                start -= lengths[i];
            }
            int made = mergePart(ids, start, to);
            add(kept, made);
            if (kept == 0 || holds(ids, start, kept)) {
                return true;
            }
        }
        return false;
    }

    private int mergePart(int[] ids, int from, int to) {
        int symbols = to - from;
        if (part.length < symbols) {
            part = new int[2 * symbols];
            partLengths = new int[2 * symbols];
        }
        System.arraycopy(ids, from, part, 0, symbols);
        Arrays.fill(partLengths, 0, symbols, 1);
        return queue.merge(part, partLengths, symbols);
    }

    private void add(int kept, int made) {
        if (tokens.length < kept + made) {
            tokens = Arrays.copyOf(tokens, 2 * (kept + made));
            lengths = Arrays.copyOf(lengths, 2 * (kept + made));
        }
        System.arraycopy(part, 0, tokens, kept, made);
        System.arraycopy(partLengths, 0, lengths, kept, made);
        count = kept + made;
    }

    /** Says whether a token and the one before it are what the symbols of both become. */
    private boolean holds(int[] ids, int start, int token) {
        int left = lengths[token - 1];
        return mergePart(ids, start - left, start + lengths[token]) == 2 && partLengths[0] == left;
    }

    long keptBytes() {
        return 2L * Integer.BYTES * (tokens.length + part.length) + queue.keptBytes();
    }
}
