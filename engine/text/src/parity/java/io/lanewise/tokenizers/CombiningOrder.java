package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which the reference puts combining marks: which classes there are, lowest first, and the marks of each. */
final class CombiningOrder {

    /** The one mark of the highest class. */
    private static final int HIGHEST = 0x345;
    private static final int BATCH = 5_000;

    /** By one mark of each class, all of it. */
    private final Map<Integer, BitSet> classes = new LinkedHashMap<>();

    CombiningOrder() {
        try (ReferenceProbe probe = ReferenceProbe.ofNormalizer(Map.of("type", "NFD"))) {
            for (int mark : marks(probe)) {
                classes.computeIfAbsent(sameClass(probe, mark), _ -> new BitSet()).set(mark);
            }
            sort(probe);
        }
    }

    /** What moves before a mark of the highest class is a mark. */
    private static List<Integer> marks(ReferenceProbe probe) {
        List<Integer> marks = new ArrayList<>(List.of(HIGHEST));
        for (int from = 0; from <= Character.MAX_CODE_POINT; from += BATCH) {
            List<String> texts = new ArrayList<>();
            for (int codePoint = from; codePoint < from + BATCH; codePoint++) {
                boolean asked = codePoint <= Character.MAX_CODE_POINT && !CodePointRanges.isSurrogate(codePoint);
                texts.add("a" + Character.toString(HIGHEST) + Character.toString(asked ? codePoint : 'a'));
            }
            List<String> normalized = probe.normalized(texts);
            for (int i = 0; i < texts.size(); i++) {
                String swapped = "a" + Character.toString(from + i <= Character.MAX_CODE_POINT ? from + i : 'a')
                        + Character.toString(HIGHEST);
                if (normalized.get(i).equals(swapped) && !swapped.equals(texts.get(i))) {
                    marks.add(from + i);
                }
            }
        }
        return marks;
    }

    /** Returns a mark of those so far that does not change places with another, or the other if there is none. */
    private int sameClass(ReferenceProbe probe, int mark) {
        List<Integer> known = List.copyOf(classes.keySet());
        List<String> texts = new ArrayList<>();
        for (int other : known) {
            texts.add(text(other, mark));
            texts.add(text(mark, other));
        }
        List<String> normalized = probe.normalized(texts);
        for (int i = 0; i < known.size(); i++) {
            boolean stay = normalized.get(2 * i).equals(texts.get(2 * i))
                    && normalized.get(2 * i + 1).equals(texts.get(2 * i + 1));
            if (stay) {
                return known.get(i);
            }
        }
        return mark;
    }

    private static String text(int first, int second) {
        return "a" + Character.toString(first) + Character.toString(second);
    }

    private void sort(ReferenceProbe probe) {
        Comparator<Integer> order = (first, second) -> {
            String text = text(first, second);
            return first.equals(second) ? 0 : probe.normalized(List.of(text)).getFirst().equals(text) ? -1 : 1;
        };
        List<Integer> sorted = classes.keySet().stream().sorted(order).toList();
        sorted.forEach(mark -> classes.put(mark, classes.remove(mark)));
    }

    /** Returns a row for each class. */
    List<String> rows() {
        return classes.values().stream().map(marks -> String.join(" ", CodePointRanges.of(marks))).toList();
    }
}
