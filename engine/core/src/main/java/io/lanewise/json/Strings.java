package io.lanewise.json;

import java.util.Arrays;

/** Very many strings, one after the other in one array of UTF-16 units: an object each would be most of their memory. */
public final class Strings {

    private static final int FIRST_UNITS = 1 << 12;
    private static final int FIRST_COUNT = 1 << 8;

    private char[] units = new char[FIRST_UNITS];
    private int[] ends = new int[FIRST_COUNT];
    private int count;

    /** Starts with none. */
    public Strings() {}

    /** Adds a string and returns its number. */
    public int add(String string) {
        int start = count == 0 ? 0 : ends[count - 1];
        int end = Math.addExact(start, string.length());
        if (end > units.length) {
            units = Arrays.copyOf(units, Math.max(end, (int) Math.min(2L * units.length, Integer.MAX_VALUE - 8)));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        string.getChars(0, string.length(), units, start);
        ends[count] = end;
        return count++;
    }

    /** Returns how many strings there are. */
    public int count() {
        return count;
    }

    /** Returns a string's first unit in {@link #units}. */
    public int start(int string) {
        return string == 0 ? 0 : ends[string - 1];
    }

    /** Returns the unit after a string's last one in {@link #units}. */
    public int end(int string) {
        return ends[string];
    }

    /** Returns the units of all strings; there may be more room than they need. */
    public char[] units() {
        return units;
    }

    /** Returns a string. */
    public String get(int string) {
        return new String(units, start(string), end(string) - start(string));
    }

    /** Gives back the room that is not needed. */
    public void trim() {
        units = Arrays.copyOf(units, count == 0 ? 0 : ends[count - 1]);
        ends = Arrays.copyOf(ends, count);
    }

    /** Tells whether a string is whole characters: JSON escapes can smuggle in half of a surrogate pair. */
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
