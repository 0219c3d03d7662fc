package io.lanewise.tokenizers.models;

import java.util.Arrays;

/**
 * Which pairs of tokens become one, and in what order: the pair that was learned first has rank 0. Immutable once built.
 *
 * <p>Pairs stand in a hash table, at most half full: both ids in one {@code long}, the rank beside it.
 */
final class Merges {

    /** The rank of pairs that stay two tokens; larger than any other. */
    static final int NONE = Integer.MAX_VALUE;

    private static final long NO_PAIR = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] merged; // by rank, the token that comes out

    Merges(int count) {
        int size = Integer.highestOneBit(Math.max(1, count)) * 4;
        pairs = new long[size];
        ranks = new int[size];
        merged = new int[count];
        Arrays.fill(pairs, NO_PAIR);
    }

    /** Adds a pair; of equal ones the last counts. */
    void put(int left, int right, int rank, int token) {
        int place = place(pair(left, right));
        pairs[place] = pair(left, right);
        ranks[place] = rank;
        merged[rank] = token;
    }

    private static long pair(int left, int right) {
        return (long) left << Integer.SIZE | right;
    }

    private int place(long pair) {
        int mask = pairs.length - 1;
        int place = (int) (pair * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (pairs[place] != pair && pairs[place] != NO_PAIR) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** Returns a pair's rank, or {@link #NONE}. */
    int rank(int left, int right) {
        int place = place(pair(left, right));
        return pairs[place] == NO_PAIR ? NONE : ranks[place];
    }

    /** Returns the token that the pair of a rank becomes. */
    int token(int rank) {
        return merged[rank];
    }
}
