package io.lanewise.tokenizers.unicode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What some code points become: one code point or several. Immutable. */
final class CodePointMap {

    private final int[] keys; // of a hash table, −1 where there is none
    private final int[] places; // in the code points
    private final int[] codePoints; // for each key, how many there are, then they

    /** Makes a map of rows, each a code point and those that it becomes, all in hexadecimal. */
    CodePointMap(List<String[]> rows) {
        int size = Integer.highestOneBit(Math.max(1, rows.size())) * 4;
        keys = new int[size];
        places = new int[size];
        codePoints = new int[rows.stream().mapToInt(row -> row.length).sum()];
        Arrays.fill(keys, -1);
        int end = 0;
        for (String[] row : rows) {
            int slot = slot(UnicodeData.codePoint(row[0]));
            keys[slot] = UnicodeData.codePoint(row[0]);
            places[slot] = end;
            codePoints[end++] = row.length - 1;
            for (int i = 1; i < row.length; i++) {
                codePoints[end++] = UnicodeData.codePoint(row[i]);
            }
        }
    }

    /** Returns the code points that become something. */
    IntStream keys() {
        return Arrays.stream(keys).filter(key -> key >= 0);
    }

    private int slot(int codePoint) {
        int slot = codePoint * 0x9E3779B9 >>> Integer.numberOfLeadingZeros(keys.length - 1);
        while (keys[slot] != codePoint && keys[slot] >= 0) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    /** Returns the place of what a code point becomes, or −1 if it stays. */
    int find(int codePoint) {
        int slot = slot(codePoint);
        return keys[slot] < 0 ? -1 : places[slot];
    }

    /** Returns how many code points stand at a place. */
    int count(int place) {
        return codePoints[place];
    }

    /** Returns one of the code points at a place. */
    int get(int place, int index) {
        return codePoints[place + 1 + index];
    }
}
