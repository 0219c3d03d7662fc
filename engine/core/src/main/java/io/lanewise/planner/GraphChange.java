package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** Says in words what a pass made of a graph: which ops are gone and which are new. */
final class GraphChange {

    private static final String UNCHANGED = "nothing to do";

    private GraphChange() {}

    /** Describes the ops of one graph that the other has not, or fewer of. */
    static String between(Graph before, Graph after) {
        if (after == before) {
            return UNCHANGED;
        }
        Map<String, Integer> more = new TreeMap<>();
        before.values().forEach(value -> count(more, value, -1));
        after.values().forEach(value -> count(more, value, 1));
        List<String> parts = new ArrayList<>();
        list(parts, "without ", more, -1);
        list(parts, "with ", more, 1);
        return parts.isEmpty() ? UNCHANGED : String.join("; ", parts);
    }

    private static void count(Map<String, Integer> more, Value value, int by) {
        if (!(value.op() instanceof Op.Given) && !(value.op() instanceof Op.Weight)) {
            more.merge(label(value), by, Integer::sum);
        }
    }

    /** Names an op by its term, and by its weight where it has one. */
    private static String label(Value value) {
        return switch (value.op()) {
            case Op.Linear linear -> "linear by " + linear.weight().constant();
            case Op.HeadLinear linear -> "head-linear by " + linear.weight().constant();
            case Op op -> op.term();
        };
    }

    private static void list(List<String> parts, String word, Map<String, Integer> more, int sign) {
        List<String> labels = new ArrayList<>();
        more.forEach((label, count) -> {
            int times = sign * count;
            if (times > 0) {
                labels.add(times == 1 ? label : times + " × " + label);
            }
        });
        if (!labels.isEmpty()) {
            parts.add(word + String.join(", ", labels));
        }
    }
}
