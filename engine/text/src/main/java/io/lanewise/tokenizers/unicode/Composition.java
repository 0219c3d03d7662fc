package io.lanewise.tokenizers.unicode;

import java.util.HashMap;
import java.util.Map;

/** What two code points make together, as Unicode 9 has it. */
public final class Composition {

    private static final int FIRST_SECOND = 0x300; // below it nothing attaches to what stands before it

    private static final Map<Long, Integer> PAIRS = pairs();

    private Composition() {}

    private static Map<Long, Integer> pairs() {
        Map<Long, Integer> pairs = new HashMap<>();
        for (String[] row : UnicodeData.rows("composition")) {
            pairs.put(key(UnicodeData.codePoint(row[0]), UnicodeData.codePoint(row[1])), UnicodeData.codePoint(row[2]));
        }
        return pairs;
    }

    private static long key(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }

    /** Returns what two code points make, or −1 if they stay two. */
    public static int of(int first, int second) {
        if (second < FIRST_SECOND) {
            return -1;
        }
        int syllable = Decomposition.composeHangul(first, second);
        return syllable >= 0 ? syllable : PAIRS.getOrDefault(key(first, second), -1);
    }
}
