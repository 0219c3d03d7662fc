package io.lanewise.tokenizers.unicode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What code points are made of, canonically or by compatibility, as Unicode 9 has it. */
public final class Decomposition {

    /** NFD's. */
    public static final Decomposition CANONICAL = new Decomposition("decomposition");

    /** Loaded when NFKD is first asked for. */
    private static final class Compatibility {
        static final Decomposition ALL = new Decomposition("compatibility", "decomposition");
    }

    private static final int HANGUL = 0xAC00;
    private static final int LEADING = 0x1100;
    static final int VOWEL = 0x1161;
    static final int TRAILING = 0x11A7;
    private static final int VOWELS = 21;
    static final int TRAILINGS = 28;
    private static final int SYLLABLES = 19 * VOWELS * TRAILINGS;

    /** Below it nothing is decomposed canonically. */
    private static final int FIRST = 0xA0;

    private final CodePointMap map;

    private Decomposition(String... tables) {
        List<String[]> rows = new ArrayList<>();
        for (String table : tables) {
            rows.addAll(UnicodeData.rows(table));
        }
        map = new CodePointMap(rows.stream().filter(distinct()).toList());
    }

    /** Keeps the first row of each code point: a compatibility mapping goes further than the canonical one. */
    private static Predicate<String[]> distinct() {
        Set<String> seen = new HashSet<>();
        return row -> seen.add(row[0]);
    }

    /** Returns NFKD's. */
    public static Decomposition compatibility() {
        return Compatibility.ALL;
    }

    /** Returns how many code points one consists of, 1 for most. */
    public int count(int codePoint) {
        if (codePoint < FIRST) {
            return 1;
        }
        if (isHangul(codePoint)) {
            return (codePoint - HANGUL) % TRAILINGS == 0 ? 2 : 3;
        }
        int place = map.find(codePoint);
        return place < 0 ? 1 : map.count(place);
    }

    /** Returns one of the code points that one consists of. */
    public int get(int codePoint, int index) {
        if (isHangul(codePoint)) {
            int syllable = codePoint - HANGUL;
            return switch (index) {
                case 0 -> LEADING + syllable / (VOWELS * TRAILINGS);
                case 1 -> VOWEL + syllable / TRAILINGS % VOWELS;
                default -> TRAILING + syllable % TRAILINGS;
            };
        }
        int place = codePoint < FIRST ? -1 : map.find(codePoint);
        return place < 0 ? codePoint : map.get(place, index);
    }

    /**
     * Returns the code points that a form may change, or of which one may change what stands before it. A text without any of
     * them stays as it is.
     *
     * @param composes whether code points are put together again
     */
    public CodePoints unstable(boolean composes) {
        IntStream changed = map.keys().filter(codePoint -> !composes || !comesBack(codePoint));
        IntStream joining = composes ? Composition.seconds() : IntStream.range(HANGUL, HANGUL + SYLLABLES);
        return CodePoints.of(IntStream.concat(IntStream.concat(changed, joining), CombiningClass.all()).toArray());
    }

    /** Says whether the parts of a code point make it again, and its first part joins nothing before it. */
    private boolean comesBack(int codePoint) {
        int joined = get(codePoint, 0);
        boolean joins = CombiningClass.of(joined) != 0 || Composition.joins(joined);
        for (int i = 1; i < count(codePoint) && joined >= 0; i++) {
            joined = Composition.of(joined, get(codePoint, i));
        }
        return !joins && joined == codePoint;
    }

    private static boolean isHangul(int codePoint) {
        return codePoint >= HANGUL && codePoint < HANGUL + SYLLABLES;
    }

    /** Returns the syllable that two parts make, or −1. */
    static int composeHangul(int first, int second) {
        if (first >= LEADING && first < LEADING + 19 && second >= VOWEL && second < VOWEL + VOWELS) {
            return HANGUL + ((first - LEADING) * VOWELS + second - VOWEL) * TRAILINGS;
        }
        boolean open = isHangul(first) && (first - HANGUL) % TRAILINGS == 0;
        return open && second > TRAILING && second < TRAILING + TRAILINGS ? first + second - TRAILING : -1;
    }
}
