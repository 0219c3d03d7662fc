package io.lanewise.planner;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Value;

/**
 * A graph as rules see it: who reads which value, and which match has taken it in.
 *
 * <p>The steps of a match stand where the first of its results does. What another result needs from further on is made ahead of
 * them, so that it must not need any of the results: not itself, which is looked up, and not by way of another match of several
 * results, which is why none of those may be made ahead.
 */
final class LoweringGraph {

    private final List<Value> values;
    private final Set<Value> outputs;
    private final List<List<Value>> readers; // by id
    private final Match[] matches; // by id
    private final Set<Value> madeAhead = new HashSet<>();

    LoweringGraph(Graph graph) {
        this.values = graph.values();
        this.outputs = new HashSet<>(graph.outputs().values());
        this.readers = graph.users();
        this.matches = new Match[values.size()];
    }

    // ---------------------------------------------------------------- readers

    /** Returns the values that read a value, in order. */
    List<Value> readers(Value value) {
        return readers.get(value.id());
    }

    /** Returns the one value that reads a value, or null if more do, or none, or the caller. */
    Value onlyReader(Value value) {
        return readers(value).size() == 1 && !isOutput(value) ? readers(value).getFirst() : null;
    }

    /** Says whether the caller asks for a value. */
    boolean isOutput(Value value) {
        return outputs.contains(value);
    }

    // ---------------------------------------------------------------- matches

    /** Says whether no match has a value yet. */
    boolean isFree(Value value) {
        return match(value) == null;
    }

    /** Returns the match that has a value, or null. */
    Match match(Value value) {
        return matches[value.id()];
    }

    /** Lets a match have its values, unless one is taken or no order of steps would serve all its results. */
    void take(Match match) {
        for (Value value : match.values()) {
            if (!isFree(value)) {
                return;
            }
        }
        if (match.results().size() == 1 || standTogether(match.results())) {
            for (Value value : match.values()) {
                matches[value.id()] = match;
            }
        }
    }

    private boolean standTogether(List<Value> results) {
        Set<Value> needed = new HashSet<>();
        results.forEach(result -> needed.addAll(result.op().operands()));
        List<Value> between = values.subList(results.getFirst().id() + 1, results.getLast().id());
        for (Value value : between.reversed()) {
            if (needed.contains(value)) {
                needed.addAll(value.op().operands());
            }
        }
        List<Value> ahead = between.stream().filter(needed::contains).toList();
        boolean fits = results.stream().noneMatch(result -> needed.contains(result) || madeAhead.contains(result))
                && ahead.stream().noneMatch(this::isOneOfSeveral);
        if (fits) {
            madeAhead.addAll(ahead);
        }
        return fits;
    }

    private boolean isOneOfSeveral(Value value) {
        return !isFree(value) && match(value).results().size() > 1;
    }
}
