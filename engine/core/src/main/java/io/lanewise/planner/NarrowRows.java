package io.lanewise.planner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Value;

/**
 * Takes the row that is asked for before it computes, where nobody needs the others: what works on each row by itself gives the
 * same row, and an attention needs its query alone, though all keys.
 *
 * <pre>
 *   select(linear(x)) = linear(select(x))          select(softmax(q kᵀ) v) = softmax(select(q) kᵀ) v
 * </pre>
 *
 * <p>A model whose head reads the first row computes one row of its last layer after keys and values.
 */
final class NarrowRows implements GraphPass {

    @Override
    public String name() {
        return "narrow";
    }

    @Override
    public Graph apply(Graph graph) {
        Map<Value, RowPlace> narrow = narrow(graph);
        return narrow.isEmpty() ? graph : new Narrowing(narrow).apply(graph);
    }

    /** Returns the values of which only one row is needed, and which. */
    private static Map<Value, RowPlace> narrow(Graph graph) {
        Map<Value, RowPlace> narrow = new HashMap<>();
        List<List<Value>> users = graph.users();
        for (Value value : graph.values().reversed()) {
            RowPlace row = row(value, users.get(value.id()), narrow);
            if (row != null && isByRow(value.op()) && !graph.outputs().containsValue(value)) {
                narrow.put(value, row);
            }
        }
        return narrow;
    }

    /** Returns the row that all users need; null if they need others, or none. */
    private static RowPlace row(Value value, List<Value> users, Map<Value, RowPlace> narrow) {
        RowPlace row = null;
        for (Value user : users) {
            RowPlace needed = neededBy(user, value, narrow);
            if (needed == null || row != null && row != needed) {
                return null;
            }
            row = needed;
        }
        return row;
    }

    private static RowPlace neededBy(Value user, Value value, Map<Value, RowPlace> narrow) {
        boolean needsAll = switch (user.op()) {
            case Op.Scores scores -> scores.keys() == value;
            case Op.Context context -> context.values() == value;
            default -> false;
        };
        return needsAll ? null : user.op() instanceof Op.Select select ? select.row() : narrow.get(user);
    }

    /** What an op that computes one row is made of: that row of some operands, the others as they are. */
    private interface Operands {

        Value row(Value x);

        Value whole(Value x);
    }

    /** Operands of the op that is there already. */
    private static final Operands SAME = new Operands() {
        @Override
        public Value row(Value x) {
            return x;
        }

        @Override
        public Value whole(Value x) {
            return x;
        }
    };

    private static boolean isByRow(Op op) {
        return oneRow(op, RowPlace.FIRST, SAME) != null;
    }

    /** Returns what computes one row of an op; null where that needs more of what it reads than this row, and keys and values. */
    private static Op oneRow(Op op, RowPlace row, Operands of) {
        return switch (op) {
            case Op.Linear(Value x, Value weight, Value bias) ->
                new Op.Linear(of.row(x), of.whole(weight), of.whole(bias));
            case Op.SplitHeads split -> new Op.SplitHeads(of.row(split.x()), split.heads(), split.split());
            case Op.MergeHeads(Value x) -> new Op.MergeHeads(of.row(x));
            case Op.Scores scores ->
                new Op.Scores(of.row(scores.queries()), of.whole(scores.keys()), scores.scale());
            case Op.Biased biased ->
                new Op.Biased(of.row(biased.scores()), of.whole(biased.diagonals()), row);
            case Op.Window window ->
                new Op.Window(of.row(window.scores()), window.before(), window.after(), row);
            case Op.Disentangled relative -> new Op.Disentangled(of.row(relative.scores()),
                    of.whole(relative.keyTable()), of.whole(relative.queryTable()),
                    relative.buckets(), relative.scale(), row);
            case Op.MaskedSoftmax softmax -> new Op.MaskedSoftmax(of.row(softmax.scores()),
                    of.whole(softmax.keyPadding()), null, softmax.order());
            case Op.Context(Value attention, Value values) ->
                new Op.Context(of.row(attention), of.whole(values));
            case Op.Add(Value left, Value right) -> new Op.Add(of.row(left), of.row(right));
            case Op.Multiply(Value left, Value right) -> new Op.Multiply(of.row(left), of.row(right));
            case Op.Slice slice -> new Op.Slice(of.row(slice.x()), slice.first(), slice.features());
            case Op.Activate activate -> new Op.Activate(of.row(activate.x()), activate.activation());
            case Op.LayerNorm norm -> new Op.LayerNorm(of.row(norm.x()), of.whole(norm.scale()),
                    of.whole(norm.shift()), norm.eps());
            case Op.RmsNorm(Value x, Value scale, double eps) ->
                new Op.RmsNorm(of.row(x), of.whole(scale), eps);
            case Op.Rotate rotate -> new Op.Rotate(of.row(rotate.x()), of.whole(rotate.table()), row);
            case Op.Normalize(Value x) -> new Op.Normalize(of.row(x));
            default -> null;
        };
    }

    /** One rewriting of a graph. */
    private static final class Narrowing {

        private final Map<Value, RowPlace> narrow;
        private final Map<OneRow, Value> made = new HashMap<>();
        private Rewriter rewriter;

        /** One row of a value of the old graph. */
        private record OneRow(Value x, RowPlace row) {}

        private Narrowing(Map<Value, RowPlace> narrow) {
            this.narrow = narrow;
        }

        private Graph apply(Graph graph) {
            return Rewriter.rewrite(graph, (ofGraph, value) -> {
                rewriter = ofGraph;
                return value.op() instanceof Op.Select select && narrow.containsKey(select.x())
                        ? value(new OneRow(select.x(), select.row()))
                        : null;
            });
        }

        private Value value(OneRow wanted) {
            Value known = made.get(wanted);
            if (known == null) {
                known = rewriter.add(narrow.containsKey(wanted.x())
                        ? oneRow(wanted.x().op(), wanted.row(), at(wanted.row()))
                        : new Op.Select(rewriter.copyOf(wanted.x()), wanted.row()));
                made.put(wanted, known);
            }
            return known;
        }

        private Operands at(RowPlace row) {
            return new Operands() {
                @Override
                public Value row(Value x) {
                    return value(new OneRow(x, row));
                }

                @Override
                public Value whole(Value x) {
                    return rewriter.copyOf(x);
                }
            };
        }
    }
}
