package io.lanewise.tokenizers.normalizers;

import java.util.Arrays;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.unicode.CombiningClass;
import io.lanewise.tokenizers.unicode.Composition;
import io.lanewise.tokenizers.unicode.Decomposition;

/**
 * Unicode's normalization forms (UAX 15): code points are taken apart, combining marks put in order, and for NFC and NFKC put
 * together again. Changes travel with the code points as they are put in order, as in the reference, which decides where a mark
 * is said to come from.
 *
 * @param decomposition canonical or by compatibility
 * @param composes whether code points are put together again
 */
record UnicodeForm(Decomposition decomposition, boolean composes) implements Normalizer {

    /** Below it no form changes anything. */
    private static final int FIRST = 0xA0;

    @Override
    public void normalize(AlignedText text) {
        if (text.isBelow(FIRST)) {
            return;
        }
        Parts parts = new Parts(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            int codePoint = text.at(i);
            int count = decomposition.count(codePoint);
            for (int part = 0; part < count; part++) {
                parts.add(decomposition.get(codePoint, part), part == 0 ? 0 : 1);
            }
        }
        parts.sortPending();
        text.begin(0);
        if (composes) {
            compose(parts, text);
        } else {
            for (int i = 0; i < parts.count; i++) {
                text.put(parts.codePoints[i], parts.changes[i]);
            }
        }
        text.finish();
    }

    /** Code points that were taken apart, in canonical order up to the last starter. */
    private static final class Parts {
        int[] codePoints;
        int[] changes;
        int[] classes;
        int count;
        private int pending; // from here on, combining marks that may still move

        Parts(int capacity) {
            codePoints = new int[capacity];
            changes = new int[capacity];
            classes = new int[capacity];
        }

        void add(int codePoint, int change) {
            if (count == codePoints.length) {
                codePoints = Arrays.copyOf(codePoints, 2 * count);
                changes = Arrays.copyOf(changes, 2 * count);
                classes = Arrays.copyOf(classes, 2 * count);
            }
            int combining = CombiningClass.of(codePoint);
            if (combining == 0) {
                sortPending();
                pending = count + 1;
            }
            codePoints[count] = codePoint;
            changes[count] = change;
            classes[count++] = combining;
        }

        /** Puts marks in the order of their classes; equal ones stay in theirs. */
        void sortPending() {
            int marks = count - pending;
            if (marks < 2) {
                return;
            }
            long[] keys = new long[marks];
            boolean sorted = true;
            for (int i = 0; i < marks; i++) {
                keys[i] = (long) classes[pending + i] << Integer.SIZE | i;
                sorted &= i == 0 || classes[pending + i - 1] <= classes[pending + i];
            }
            if (!sorted) {
                Arrays.sort(keys);
                move(keys);
            }
        }

        private void move(long[] keys) {
            int[] oldCodePoints = Arrays.copyOfRange(codePoints, pending, count);
            int[] oldChanges = Arrays.copyOfRange(changes, pending, count);
            for (int i = 0; i < keys.length; i++) {
                codePoints[pending + i] = oldCodePoints[(int) keys[i]];
                changes[pending + i] = oldChanges[(int) keys[i]];
                classes[pending + i] = (int) (keys[i] >>> Integer.SIZE);
            }
        }
    }

    /** Joins each starter with the marks behind it that are not blocked by one of an equal or higher class. */
    private static void compose(Parts parts, AlignedText text) {
        int i = 0;
        while (i < parts.count && parts.classes[i] != 0) {
            text.put(parts.codePoints[i], parts.changes[i++]); // marks without a starter
        }
        while (i < parts.count) {
            i = composeFrom(i, parts, text);
        }
    }

    /** Writes a starter and what stands behind it up to the next one that does not join it; returns that one's place. */
    private static int composeFrom(int starter, Parts parts, AlignedText text) {
        int codePoint = parts.codePoints[starter];
        int change = parts.changes[starter];
        int kept = starter + 1; // marks that did not join are gathered here
        int lastClass = -1;
        int i = starter + 1;
        while (i < parts.count) {
            int combining = parts.classes[i];
            int joined = lastClass < combining ? Composition.of(codePoint, parts.codePoints[i]) : -1;
            if (joined >= 0) {
                codePoint = joined;
                change += parts.changes[i] - 1;
            } else if (combining == 0) {
                break;
            } else {
                parts.codePoints[kept] = parts.codePoints[i];
                parts.changes[kept++] = parts.changes[i];
                lastClass = combining;
            }
            i++;
        }
        text.put(codePoint, change);
        for (int mark = starter + 1; mark < kept; mark++) {
            text.put(parts.codePoints[mark], parts.changes[mark]);
        }
        return i;
    }
}
