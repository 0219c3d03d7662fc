package io.lanewise.runtime;

/**
 * One of so many nearly equal parts of a step's work.
 *
 * @param index counted from 0
 * @param of how many parts there are
 */
record Part(int index, int of) {

    /** All of the work. */
    static final Part WHOLE = new Part(0, 1);

    /** Returns the first of {@code count} things that belongs to this part. */
    int start(int count) {
        return (int) ((long) count * index / of);
    }

    /** Returns the first of {@code count} things that no longer belongs to this part. */
    int end(int count) {
        return (int) ((long) count * (index + 1) / of);
    }

    /** Returns how many of {@code count} things belong to this part. */
    int size(int count) {
        return end(count) - start(count);
    }

    /** Says whether this part does what cannot be divided. */
    boolean isFirst() {
        return index == 0;
    }

    /** Returns the parts that a number of threads share work in. */
    static Part[] of(int count) {
        Part[] parts = new Part[count];
        for (int i = 0; i < count; i++) {
            parts[i] = new Part(i, count);
        }
        return parts;
    }
}
