package io.lanewise.bench.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Gives every different pass a letter, so that a plan fits into a column: {@code A B}, or {@code 2(A B)} for a stack. */
final class PassLegend {

    private final SequencedMap<List<String>, String> letters = new LinkedHashMap<>();

    /** Writes a plan's passes as letters; {@code -} where there are none. */
    String letters(List<List<String>> passes) {
        if (passes.isEmpty()) {
            return "-";
        }
        List<String> written = new ArrayList<>();
        for (List<String> ops : passes) {
            written.add(letters.computeIfAbsent(ops, _ -> Character.toString('A' + letters.size())));
        }
        return String.join(" ", folded(written));
    }

    /** Writes {@code A 5(B C)} for what repeats. */
    private static List<String> folded(List<String> letters) {
        for (int start = 0; start < letters.size(); start++) {
            for (int length = 2; length <= (letters.size() - start) / 2; length++) {
                int times = times(letters, start, length);
                if (times > 1) {
                    List<String> folded = new ArrayList<>(letters.subList(0, start));
                    folded.add(times + "(" + String.join(" ", letters.subList(start, start + length)) + ")");
                    folded.addAll(folded(letters.subList(start + times * length, letters.size())));
                    return folded;
                }
            }
        }
        return letters;
    }

    private static int times(List<String> letters, int start, int length) {
        List<String> run = letters.subList(start, start + length);
        int times = 1;
        while (start + (times + 1) * length <= letters.size()
                && letters.subList(start + times * length, start + (times + 1) * length).equals(run)) {
            times++;
        }
        return times;
    }

    /** Returns a line for each letter. */
    List<String> lines() {
        return letters.entrySet().stream().map(entry -> "  %s  %s".formatted(entry.getValue(), counted(entry.getKey())))
                .toList();
    }

    /** Writes {@code 3 × linear, scores}. */
    private static String counted(List<String> ops) {
        List<String> words = new ArrayList<>();
        for (int i = 0, next; i < ops.size(); i = next) {
            next = i;
            while (next < ops.size() && ops.get(next).equals(ops.get(i))) {
                next++;
            }
            words.add(next - i == 1 ? ops.get(i) : next - i + " × " + ops.get(i));
        }
        return String.join(", ", words);
    }
}
