package io.lanewise.tokenizers.text;

import java.util.Arrays;

/**
 * Code points on their way into a text that is written anew, each with its change as {@link AlignedText} has it and the number
 * of its combining class. Reused from text to text; for one thread.
 */
public final class Draft {

    private static final int FIRST_CAPACITY = 64;
    private static final int CLASSES = 256; // more than there are

    private int[] codePoints = new int[FIRST_CAPACITY];
    private int[] changes = new int[FIRST_CAPACITY];
    private int[] classes = new int[FIRST_CAPACITY];
    private int count;
    private int pending; // from here on, marks that may still move

    // for putting marks in order
    private final int[] places = new int[CLASSES];
    private int[] sortedCodePoints = new int[0];
    private int[] sortedChanges = new int[0];

    /** Begins with nothing. */
    public void begin() {
        count = 0;
        pending = 0;
    }

    /** Adds a code point; one of class 0 puts the marks before it in order. */
    public void add(int codePoint, int change, int combiningClass) {
        if (count == codePoints.length) {
            codePoints = Arrays.copyOf(codePoints, 2 * count);
            changes = Arrays.copyOf(changes, 2 * count);
            classes = Arrays.copyOf(classes, 2 * count);
        }
        if (combiningClass == 0) {
            finish();
            pending = count + 1;
        }
        codePoints[count] = codePoint;
        changes[count] = change;
        classes[count++] = combiningClass;
    }

    /** Puts the last marks in the order of their classes; equal ones stay in theirs. */
    public void finish() {
        for (int i = pending + 1; i < count; i++) {
            if (classes[i - 1] > classes[i]) {
                sort();
                return;
            }
        }
    }

    /** Counts how many marks each class has, so that time does not grow faster than their number. */
    private void sort() {
        Arrays.fill(places, 0);
        for (int i = pending; i < count; i++) {
            places[classes[i]]++;
        }
        int next = 0;
        for (int combining = 0; combining < CLASSES; combining++) {
            int marks = places[combining];
            places[combining] = next;
            next += marks;
        }
        move();
    }

    private void move() {
        int marks = count - pending;
        if (sortedCodePoints.length < marks) {
            sortedCodePoints = new int[marks];
            sortedChanges = new int[marks];
        }
        for (int i = pending; i < count; i++) {
            int place = places[classes[i]]++;
            sortedCodePoints[place] = codePoints[i];
            sortedChanges[place] = changes[i];
        }
        System.arraycopy(sortedCodePoints, 0, codePoints, pending, marks);
        System.arraycopy(sortedChanges, 0, changes, pending, marks);
        int at = pending;
        for (int combining = 0; combining < CLASSES; combining++) {
            Arrays.fill(classes, at, pending + places[combining], combining); // where the next class begins
            at = pending + places[combining];
        }
    }

    /** Returns how many code points there are. */
    public int count() {
        return count;
    }

    /** Returns a code point. */
    public int codePoint(int index) {
        return codePoints[index];
    }

    /** Returns where a code point came from. */
    public int change(int index) {
        return changes[index];
    }

    /** Returns the number of a code point's class. */
    public int combiningClass(int index) {
        return classes[index];
    }

    /** Puts another code point, of which no class is asked for any more, in the place of one. */
    public void set(int index, int codePoint, int change) {
        codePoints[index] = codePoint;
        changes[index] = change;
    }

    long keptBytes() {
        return Integer.BYTES * (3L * codePoints.length + 2L * sortedCodePoints.length);
    }
}
