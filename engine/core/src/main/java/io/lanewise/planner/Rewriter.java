package io.lanewise.planner;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

import io.lanewise.graph.Cell;
import io.lanewise.graph.Choice;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
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
        Value copy = switch (value.op()) {
            case Op.Input input -> builder.input(input.name(), value.rows().length(), value.rows().features());
            case Op.Tokens tokens ->
                builder.tokens(tokens.name(), ((Shape.Indices) value.shape()).length(), tokens.end());
            case Op.PairInput pairs -> builder.pairs(pairs.name(), value.pairs().queries());
            case Op op -> builder.add(withCopiedOperands(op));
        };
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
            case Op.Given given -> given;
            case Op.Weight weight -> weight;
            case Op.Linear(Value x, Value weight, Value bias) -> new Op.Linear(copyOf(x), copyOf(weight), copyOf(bias));
            case Op.SplitHeads split -> new Op.SplitHeads(copyOf(split.x()), split.heads(), split.split());
            case Op.ShareHeads share -> new Op.ShareHeads(copyOf(share.x()), share.heads());
            case Op.HeadLinear(Value x, Value weight, Value bias) ->
                new Op.HeadLinear(copyOf(x), copyOf(weight), copyOf(bias));
            case Op.MergeHeads(Value x) -> new Op.MergeHeads(copyOf(x));
            case Op.Padding(Value x) -> new Op.Padding(copyOf(x));
            case Op.KeyPadding mask -> new Op.KeyPadding(copyOf(mask.padding()), mask.queries());
            case Op.QueryPadding mask -> new Op.QueryPadding(copyOf(mask.padding()), mask.keys());
            case Op.Positions(Value padding) -> new Op.Positions(copyOf(padding));
            case Op.Places(Value tokens, int first) -> new Op.Places(copyOf(tokens), first);
            case Op.CountedPlaces(Value tokens, int padding) -> new Op.CountedPlaces(copyOf(tokens), padding);
            case Op.SamePlace(Value tokens, int row) -> new Op.SamePlace(copyOf(tokens), row);
            case Op.Gather(Value table, Value indices) -> new Op.Gather(copyOf(table), copyOf(indices));
            case Op.Scores scores -> new Op.Scores(copyOf(scores.queries()), copyOf(scores.keys()), scores.scale());
            case Op.Biased biased ->
                new Op.Biased(copyOf(biased.scores()), copyOf(biased.diagonals()), biased.queries());
            case Op.Window window ->
                new Op.Window(copyOf(window.scores()), window.before(), window.after(), window.queries());
            case Op.Disentangled relative -> new Op.Disentangled(copyOf(relative.scores()),
                    copyOf(relative.keyTable()), copyOf(relative.queryTable()), relative.buckets(), relative.scale(),
                    relative.queries());
            case Op.MaskedSoftmax softmax ->
                new Op.MaskedSoftmax(copyOf(softmax.scores()), copyOf(softmax.keyPadding()),
                        copyOf(softmax.queryPadding()), softmax.order());
            case Op.Context(Value attention, Value values) -> new Op.Context(copyOf(attention), copyOf(values));
            case Op.Concat(Value left, Value right) -> new Op.Concat(copyOf(left), copyOf(right));
            case Op.Add(Value left, Value right) -> new Op.Add(copyOf(left), copyOf(right));
            case Op.Multiply(Value left, Value right) -> new Op.Multiply(copyOf(left), copyOf(right));
            case Op.Slice slice -> new Op.Slice(copyOf(slice.x()), slice.first(), slice.features());
            case Op.Activate activate -> new Op.Activate(copyOf(activate.x()), activate.activation());
            case Op.LayerNorm norm ->
                new Op.LayerNorm(copyOf(norm.x()), copyOf(norm.scale()), copyOf(norm.shift()), norm.eps());
            case Op.RmsNorm(Value x, Value scale, double eps) -> new Op.RmsNorm(copyOf(x), copyOf(scale), eps);
            case Op.Rotate rotate -> new Op.Rotate(copyOf(rotate.x()), copyOf(rotate.table()), rotate.rows());
            case Op.Select(Value x, RowPlace row) -> new Op.Select(copyOf(x), row);
            case Op.Pool(Value x, Pooling pooling) -> new Op.Pool(copyOf(x), pooling);
            case Op.Flatten(Value x) -> new Op.Flatten(copyOf(x));
            case Op.Normalize(Value x) -> new Op.Normalize(copyOf(x));
            case Op.Recurrence(Value products, Value weight, Value bias, Cell cell, boolean reverse) ->
                new Op.Recurrence(copyOf(products), copyOf(weight), copyOf(bias), cell, reverse);
            case Op.Join(Value first, Value second) -> new Op.Join(copyOf(first), copyOf(second));
            case Op.Repeat(Value x, int times) -> new Op.Repeat(copyOf(x), times);
            case Op.RankPool(Value left, Value right, int rank) -> new Op.RankPool(copyOf(left), copyOf(right), rank);
            case Op.Stack(Value x, int parts) -> new Op.Stack(copyOf(x), parts);
            case Op.Choose(Value scores, Choice choice) -> new Op.Choose(copyOf(scores), choice);
        };
    }

    /** Returns the new graph, with the outputs of the old one. */
    Graph finish(Graph old) {
        old.outputs().forEach((name, value) -> builder.output(name, copyOf(value)));
        return builder.build();
    }
}
