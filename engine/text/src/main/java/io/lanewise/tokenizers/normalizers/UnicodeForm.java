package io.lanewise.tokenizers.normalizers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Draft;
import io.lanewise.tokenizers.unicode.CodePoints;
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
 * @param unstable what may be changed: a text without any of it stays
 */
record UnicodeForm(Decomposition decomposition, boolean composes, CodePoints unstable) implements Normalizer {

    /** Each is made once: a file may name one again and again, and what it may change takes megabytes to find. */
    private static final Map<String, UnicodeForm> FORMS = new ConcurrentHashMap<>();

    /**
     * Returns a form.
     *
     * @param name NFC, NFD, NFKC or NFKD
     */
    static UnicodeForm named(String name) {
        return FORMS.computeIfAbsent(name, UnicodeForm::make);
    }

    private static UnicodeForm make(String name) {
        Decomposition decomposition = name.contains("K") ? Decomposition.compatibility() : Decomposition.CANONICAL;
        boolean composes = name.endsWith("C");
        return new UnicodeForm(decomposition, composes, decomposition.unstable(composes));
    }

    @Override
    public void normalize(AlignedText text) {
        if (!isChanged(text)) {
            return;
        }
        Draft parts = text.draft();
        parts.begin();
        for (int i = 0; i < text.length(); i++) {
            takeApart(text.at(i), parts);
        }
        parts.finish();
        text.begin(0);
        if (composes) {
            compose(parts, text);
        } else {
            for (int i = 0; i < parts.count(); i++) {
                text.put(parts.codePoint(i), parts.change(i));
            }
        }
        text.finish();
    }

    private boolean isChanged(AlignedText text) {
        for (int i = 0; i < text.length(); i++) {
            if (unstable.contains(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    private void takeApart(int codePoint, Draft parts) {
        int count = decomposition.count(codePoint);
        for (int part = 0; part < count; part++) {
            int single = decomposition.get(codePoint, part);
            parts.add(single, part == 0 ? 0 : 1, CombiningClass.of(single));
        }
    }

    /** Joins each starter with the marks behind it that are not blocked by one of an equal or higher class. */
    private static void compose(Draft parts, AlignedText text) {
        int i = 0;
        while (i < parts.count() && parts.combiningClass(i) != 0) {
            text.put(parts.codePoint(i), parts.change(i++)); // marks without a starter
        }
        while (i < parts.count()) {
            i = composeFrom(i, parts, text);
        }
    }

    /** Writes a starter and what stands behind it up to the next one that does not join it; returns that one's place. */
    private static int composeFrom(int starter, Draft parts, AlignedText text) {
        int codePoint = parts.codePoint(starter);
        int change = parts.change(starter);
        int kept = starter + 1; // marks that did not join are gathered here
        int lastClass = -1;
        int i = starter + 1;
        while (i < parts.count()) {
            int combining = parts.combiningClass(i);
            int joined = lastClass < combining ? Composition.of(codePoint, parts.codePoint(i)) : -1;
            if (joined >= 0) {
                codePoint = joined;
                change += parts.change(i) - 1;
            } else if (combining == 0) {
                break;
            } else {
                parts.set(kept++, parts.codePoint(i), parts.change(i));
                lastClass = combining;
            }
            i++;
        }
        text.put(codePoint, change);
        for (int mark = starter + 1; mark < kept; mark++) {
            text.put(parts.codePoint(mark), parts.change(mark));
        }
        return i;
    }
}
