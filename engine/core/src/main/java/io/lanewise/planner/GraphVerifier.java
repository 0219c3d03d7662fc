package io.lanewise.planner;

import java.util.List;
import java.util.function.Supplier;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Value;

/** Checks after each pass that a graph still is one, and still computes what was asked for. */
final class GraphVerifier {

    private GraphVerifier() {}

    static void verify(String pass, Graph before, Graph after) {
        List<Value> values = after.values();
        for (int id = 0; id < values.size(); id++) {
            verify(pass, values, id);
        }
        require(after.outputs().keySet().equals(before.outputs().keySet()), pass,
                () -> "outputs must stay: before=" + before.outputs().keySet() + ", after="
                        + after.outputs().keySet());
        after.outputs().forEach((name, value) -> require(value.shape().equals(before.outputs().get(name).shape()), pass,
                () -> "outputs must keep their shape: output=" + name + ", shape=" + value.shape()));
    }

    private static void verify(String pass, List<Value> values, int id) {
        Value value = values.get(id);
        require(value.id() == id, pass,
                () -> "values must be numbered in order: id=" + value.id() + ", place=" + id);
        for (Value operand : value.op().operands()) {
            require(operand.id() < id && values.get(operand.id()) == operand, pass,
                    () -> "operands must come first: value=" + value + ", operand=" + operand);
        }
    }

    private static void require(boolean holds, String pass, Supplier<String> rule) {
        if (!holds) {
            throw new IllegalStateException("planner pass " + pass + ": " + rule.get());
        }
    }
}
