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

    /** Says whether a row of what an op computes needs that row of what it reads, and keys and values, alone. */
    private static boolean isByRow(Op op) {
        return switch (op) {
            case Op.Linear _,Op.SplitHeads _,Op.MergeHeads _,Op.Scores _,Op.Biased _,Op.Window _,Op.Disentangled _,Op.MaskedSoftmax _,Op.Context _,Op.Add _,Op.Multiply _,Op.Slice _,Op.Activate _,Op.LayerNorm _,Op.RmsNorm _,Op.Rotate _,Op.Normalize _ ->
                true;
            default -> false;
        };
    }

    /** One rewriting of a graph. */
    private static final class Narrowing {

        private final Map<Value, RowPlace> narrow;
        private final Map<Value, Value> narrowed = new HashMap<>();
        private Rewriter rewriter;

        private Narrowing(Map<Value, RowPlace> narrow) {
            this.narrow = narrow;
        }

        private Graph apply(Graph graph) {
            return Rewriter.rewrite(graph, (ofGraph, value) -> {
                rewriter = ofGraph;
                return value.op() instanceof Op.Select select && narrow.containsKey(select.x())
                        ? row(select.x(), select.row())
                        : null;
            });
        }

        /** Returns one row of a value. */
        private Value row(Value x, RowPlace row) {
            Value known = narrowed.get(x);
            return known == null ? made(x, row) : known;
        }

        private Value made(Value x, RowPlace row) {
            Value made = rewriter.add(narrow.containsKey(x) ? op(x.op(), row) : new Op.Select(rewriter.copyOf(x), row));
            narrowed.put(x, made);
            return made;
        }

        private Op op(Op op, RowPlace row) {
            return switch (op) {
                case Op.Linear(Value x, Value weight, Value bias) ->
                    new Op.Linear(row(x, row), rewriter.copyOf(weight), rewriter.copyOf(bias));
                case Op.SplitHeads split -> new Op.SplitHeads(row(split.x(), row), split.heads(), split.split());
                case Op.MergeHeads(Value x) -> new Op.MergeHeads(row(x, row));
                case Op.Scores scores ->
                    new Op.Scores(row(scores.queries(), row), rewriter.copyOf(scores.keys()), scores.scale());
                case Op.Biased biased ->
                    new Op.Biased(row(biased.scores(), row), rewriter.copyOf(biased.diagonals()), row);
                case Op.Window window ->
                    new Op.Window(row(window.scores(), row), window.before(), window.after(), row);
                case Op.Disentangled relative -> new Op.Disentangled(row(relative.scores(), row),
                        rewriter.copyOf(relative.keyTable()), rewriter.copyOf(relative.queryTable()),
                        relative.buckets(), relative.scale(), row);
                case Op.MaskedSoftmax softmax -> new Op.MaskedSoftmax(row(softmax.scores(), row),
                        rewriter.copyOf(softmax.keyPadding()), null, softmax.order());
                case Op.Context(Value attention, Value values) ->
                    new Op.Context(row(attention, row), rewriter.copyOf(values));
                case Op.Add(Value left, Value right) -> new Op.Add(row(left, row), row(right, row));
                case Op.Multiply(Value left, Value right) -> new Op.Multiply(row(left, row), row(right, row));
                case Op.Slice slice -> new Op.Slice(row(slice.x(), row), slice.first(), slice.features());
                case Op.Activate activate -> new Op.Activate(row(activate.x(), row), activate.activation());
                case Op.LayerNorm norm -> new Op.LayerNorm(row(norm.x(), row), rewriter.copyOf(norm.scale()),
                        rewriter.copyOf(norm.shift()), norm.eps());
                case Op.RmsNorm(Value x, Value scale, double eps) ->
                    new Op.RmsNorm(row(x, row), rewriter.copyOf(scale), eps);
                case Op.Rotate rotate -> new Op.Rotate(row(rotate.x(), row), rewriter.copyOf(rotate.table()), row);
                case Op.Normalize(Value x) -> new Op.Normalize(row(x, row));
                default -> throw new IllegalStateException("an op must work row by row: op=" + op.term());
            };
        }
    }
}
