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
        int half = written.size() / 2;
        boolean twice = written.size() % 2 == 0 && half > 1
                && written.subList(0, half).equals(written.subList(half, written.size()));
        return twice ? "2(" + String.join(" ", written.subList(0, half)) + ")" : String.join(" ", written);
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
