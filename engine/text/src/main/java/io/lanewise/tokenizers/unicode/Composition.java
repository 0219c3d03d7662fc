package io.lanewise.tokenizers.unicode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What two code points make together, as Unicode 9 has it. */
public final class Composition {

    private static final long NO_PAIR = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L; // 2^64 / φ

    private static final long[] PAIRS; // of a hash table
    private static final int[] COMPOSED;
    private static final CodePoints SECONDS; // Hangul's aside

    static {
        List<String[]> rows = UnicodeData.rows("composition");
        PAIRS = new long[Integer.highestOneBit(rows.size()) * 4];
        COMPOSED = new int[PAIRS.length];
        Arrays.fill(PAIRS, NO_PAIR);
        for (String[] row : rows) {
            long pair = pair(UnicodeData.codePoint(row[0]), UnicodeData.codePoint(row[1]));
            int place = place(pair);
            PAIRS[place] = pair;
            COMPOSED[place] = UnicodeData.codePoint(row[2]);
        }
        SECONDS = CodePoints.of(rows.stream().mapToInt(row -> UnicodeData.codePoint(row[1])).toArray());
    }

    private Composition() {}

    private static long pair(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }

    private static int place(long pair) {
        int place = (int) (pair * MIX >>> Long.numberOfLeadingZeros(PAIRS.length - 1));
        while (PAIRS[place] != pair && PAIRS[place] != NO_PAIR) {
            place = place + 1 & PAIRS.length - 1;
        }
        return place;
    }

    /** Returns all code points that may join one before them. */
    static IntStream seconds() {
        IntStream jamo = IntStream.range(Decomposition.VOWEL, Decomposition.TRAILING + Decomposition.TRAILINGS);
        return IntStream.concat(UnicodeData.rows("composition").stream().mapToInt(row -> UnicodeData.codePoint(row[1])),
                jamo);
    }

    /** Says whether a code point may join one before it, a part of a Hangul syllable aside. */
    static boolean joins(int codePoint) {
        return SECONDS.contains(codePoint);
    }

    /** Returns what two code points make, or −1 if they stay two. */
    public static int of(int first, int second) {
        if (!SECONDS.contains(second)) {
            return Decomposition.composeHangul(first, second);
        }
        int place = place(pair(first, second));
        return PAIRS[place] == NO_PAIR ? -1 : COMPOSED[place];
    }
}
