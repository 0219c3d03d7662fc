package io.lanewise.json;

import java.util.Arrays;

/**
 * A vocabulary or a list of merges as it stands in a file: very many strings, some with a number each.
 */
public final class Entries {

    private static final int FIRST_COUNT = 1 << 8;

    private final Strings strings = new Strings();
    private final boolean named;
    private final int stringsEach;
    private double[] numbers = new double[FIRST_COUNT];

    /**
     * Makes no entries yet.
     *
     * @param named whether they are the members of an object
     * @param stringsEach 1, or 2 for pairs of strings
     */
    Entries(boolean named, int stringsEach) {
        this.named = named;
        this.stringsEach = stringsEach;
    }

    void add(String string, double number) {
        int place = strings.add(string);
        if (place == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * place);
        }
        numbers[place] = number;
    }

    void add(String string) {
        strings.add(string);
    }

    /** Says whether the entries are the members of an object; else they are the elements of an array. */
    public boolean isObject() {
        return named;
    }

    /** Says whether each entry is a pair of strings: entry {@code i} has the strings {@code 2i} and {@code 2i + 1}. */
    public boolean isPairs() {
        return stringsEach == 2;
    }

    /** Returns how many entries there are. */
    public int count() {
        return strings.count() / stringsEach;
    }

    /** Returns the strings. */
    public Strings strings() {
        return strings;
    }

    /** Returns an entry's number; NaN where it has none. */
    public double number(int entry) {
        return numbers[entry];
    }
}
