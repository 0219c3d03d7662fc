package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.lanewise.graph.Value;

/**
 * Values that a rule takes in together.
 *
 * @param results those that stand in memory when the steps have run, the first of them in the graph's order first
 * @param inside those that only the other values of the match read, and that need not stand anywhere
 * @param steps makes the steps, when all that they read has been made
 */
record Match(List<Value> results, List<Value> inside, Consumer<StepWriter> steps) {

    /** Takes in one value and whatever else is read only to make it. */
    static Match of(Value result, List<Value> inside, Consumer<StepWriter> steps) {
        return new Match(List.of(result), inside, steps);
    }

    /** Returns all values. */
    List<Value> values() {
        List<Value> values = new ArrayList<>(results);
        values.addAll(inside);
        return values;
    }
}
