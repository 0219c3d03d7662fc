package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * A name for what a value may look like.
 *
 * @param name as patterns call it
 * @param from the values that it is made from
 * @param forms the ways in which it is written, tried in order
 */
record Rule(String name, List<String> from, List<Pattern> forms) {

    /** Reads a rule whose head is such as {@code linear(x)}. */
    static Rule of(String head, String... forms) {
        int open = head.indexOf('(');
        String from = head.substring(open + 1, head.length() - 1);
        return new Rule(head.substring(0, open), from.isEmpty() ? List.of() : List.of(from.split(", ")),
                Arrays.stream(forms).map(PatternReader::read).toList());
    }
}
