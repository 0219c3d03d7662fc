package io.lanewise.tokenizers.unicode;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A set of code points: bits for the first 65,536, ranges for the others. Immutable. */
public final class CodePoints {

    private static final int BITS = Character.MAX_VALUE + 1;
    private static final Map<String, CodePoints> NAMED = new ConcurrentHashMap<>();

    private final long[] bits = new long[BITS / Long.SIZE];
    private int[] ranges = new int[0]; // first and last of each, in order

    private CodePoints() {}

    /** Returns the set that stands in a table of this package. */
    public static CodePoints named(String table) {
        return NAMED.computeIfAbsent(table, CodePoints::read);
    }

    /** Returns the set of some code points. */
    public static CodePoints of(int... codePoints) {
        CodePoints set = new CodePoints();
        for (int codePoint : Arrays.stream(codePoints).sorted().toArray()) {
            set.add(codePoint, codePoint);
        }
        return set;
    }

    private static CodePoints read(String table) {
        CodePoints set = new CodePoints();
        for (String[] row : UnicodeData.rows(table)) {
            String[] ends = row[0].split("-");
            set.add(UnicodeData.codePoint(ends[0]), UnicodeData.codePoint(ends[ends.length - 1]));
        }
        return set;
    }

    private void add(int first, int last) {
        for (int codePoint = first; codePoint <= Math.min(last, BITS - 1); codePoint++) {
            bits[codePoint / Long.SIZE] |= 1L << codePoint;
        }
        if (last >= BITS) {
            ranges = Arrays.copyOf(ranges, ranges.length + 2);
            ranges[ranges.length - 2] = Math.max(first, BITS);
            ranges[ranges.length - 1] = last;
        }
    }

    /** Says whether a code point is in the set. */
    public boolean contains(int codePoint) {
        return codePoint < BITS ? (bits[codePoint >> 6] >>> codePoint & 1) != 0 : isInRange(codePoint);
    }

    private boolean isInRange(int codePoint) {
        int place = Arrays.binarySearch(ranges, codePoint);
        return place >= 0 || (place & 1) == 0; // the place to insert at lies between a first and its last
    }
}
