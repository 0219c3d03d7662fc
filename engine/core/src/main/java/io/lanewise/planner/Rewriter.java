package io.lanewise.planner;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** Copies a graph value by value, letting a pass put another value in one's place. */
final class Rewriter {

    private final GraphBuilder builder = new GraphBuilder();
    private final Map<Value, Value> copies = new HashMap<>();

    /**
     * Returns a graph in which other values stand where a rule says so, or the same graph if it never does.
     *
     * @param rule returns what stands for a value of the old graph, made with the rewriter; or null to copy the value
     */
    static Graph rewrite(Graph old, BiFunction<Rewriter, Value, Value> rule) {
        Rewriter rewriter = new Rewriter();
        boolean changed = false;
        for (Value value : old.values()) {
            Value replacement = rule.apply(rewriter, value);
            changed |= replacement != null;
            if (replacement == null) {
                rewriter.copy(value);
            } else {
                rewriter.replace(value, replacement);
            }
        }
        return changed ? rewriter.finish(old) : old;
    }

    /** Returns the copy of a value that has been copied; null for null. */
    Value copyOf(Value value) {
        return value == null ? null : copies.get(value);
    }

    /** Copies a value, its operands having been copied. */
    Value copy(Value value) {
        Value copy = value.op() instanceof Op.Input input
                ? builder.input(input.name(), value.rows().length(), value.rows().features())
                : builder.add(withCopiedOperands(value.op()));
        copies.put(value, copy);
        return copy;
    }

    /** Adds an op on values of the new graph. */
    Value add(Op op) {
        return builder.add(op);
    }

    /** Adds a linear layer with a constant weight on a value of the new graph. */
    Value linear(Value x, Constant weight, Value bias) {
        return add(new Op.Linear(x, add(new Op.Weight(weight)), bias));
    }

    /** Lets {@code replacement}, a value of the new graph, stand for {@code value}. */
    void replace(Value value, Value replacement) {
        copies.put(value, replacement);
    }

    /** Returns an op of the new graph that does what {@code op} does in the old one. */
    Op withCopiedOperands(Op op) {
        return switch (op) {
            case Op.Input input -> input;
            case Op.Weight weight -> weight;
            case Op.Linear(Value x, Value weight, Value bias) -> new Op.Linear(copyOf(x), copyOf(weight), copyOf(bias));
            case Op.SplitHeads split -> new Op.SplitHeads(copyOf(split.x()), split.heads(), split.split());
            case Op.ShareHeads share -> new Op.ShareHeads(copyOf(share.x()), share.heads());
            case Op.HeadLinear(Value x, Value weight) -> new Op.HeadLinear(copyOf(x), copyOf(weight));
            case Op.MergeHeads(Value x) -> new Op.MergeHeads(copyOf(x));
            case Op.Padding(Value x) -> new Op.Padding(copyOf(x));
            case Op.KeyPadding mask -> new Op.KeyPadding(copyOf(mask.padding()), mask.queries());
            case Op.QueryPadding mask -> new Op.QueryPadding(copyOf(mask.padding()), mask.keys());
            case Op.Positions(Value padding) -> new Op.Positions(copyOf(padding));
            case Op.Gather(Value table, Value indices) -> new Op.Gather(copyOf(table), copyOf(indices));
            case Op.Scores scores -> new Op.Scores(copyOf(scores.queries()), copyOf(scores.keys()), scores.scale());
            case Op.MaskedSoftmax softmax ->
                new Op.MaskedSoftmax(copyOf(softmax.scores()), copyOf(softmax.keyPadding()),
                        copyOf(softmax.queryPadding()), softmax.order());
            case Op.Context(Value attention, Value values) -> new Op.Context(copyOf(attention), copyOf(values));
            case Op.Concat(Value left, Value right) -> new Op.Concat(copyOf(left), copyOf(right));
            case Op.Add(Value left, Value right) -> new Op.Add(copyOf(left), copyOf(right));
            case Op.Activate activate -> new Op.Activate(copyOf(activate.x()), activate.activation());
            case Op.LayerNorm norm ->
                new Op.LayerNorm(copyOf(norm.x()), copyOf(norm.scale()), copyOf(norm.shift()), norm.eps());
        };
    }

    /** Returns the new graph, with the outputs of the old one. */
    Graph finish(Graph old) {
        old.outputs().forEach((name, value) -> builder.output(name, copyOf(value)));
        return builder.build();
    }
}
