package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a rule found in a graph: values by name.
 *
 * @param from the values that the rule's own is made from, by their names in its head
 * @param values what was kept, by name; a name may have several
 * @param nodes those that belong to it
 */
record Match(Map<String, String> from, Map<String, List<String>> values, Set<OnnxNode> nodes) {

    static Match of(Map<String, String> from, Map<String, List<String>> values, Set<OnnxNode> nodes) {
        return new Match(from, values, new HashSet<>(nodes));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns the only value of a name. */
    String get(String name) {
        return values.get(name).getFirst();
    }

    /** Returns all values of a name. */
    List<String> all(String name) {
        return values.getOrDefault(name, new ArrayList<>());
    }
}
