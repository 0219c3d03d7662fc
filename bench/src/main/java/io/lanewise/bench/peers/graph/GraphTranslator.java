package io.lanewise.bench.peers.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.graph.Cell;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * Says a graph in a peer's words, op by op, as the layer is written. The one thing that is not written twice is the score
 * matrix of the two-stream layers: {@code k qᵀ} is the transpose of {@code q kᵀ}, as in the published code.
 *
 * @param <V> what the peer calls a value
 */
public abstract class GraphTranslator<V> {

    /** What the name of an input's padding ends with. */
    public static final String PADDING = "_padding";

    /**
     * Recurrences in both directions.
     *
     * @param states {@code [B, L, 2 · hidden]}, zeros where there is padding
     * @param lastForward the last states of the first half, {@code [B, hidden]}
     * @param lastReverse of the second half
     */
    public record BothWays<V>(V states, V lastForward, V lastReverse) {}

    private final Map<Value, V> translated = new HashMap<>();
    private final Map<Op.Scores, V> scores = new HashMap<>();
    private final Map<Value, BothWays<V>> bothWays = new HashMap<>(); // by what both read
    private final Map<Value, Op.Recurrence> forward = new HashMap<>(); // likewise
    private final Map<Value, Op.Recurrence> reverse = new HashMap<>(); // likewise

    /**
     * Translates what the outputs of a graph are made of, then its outputs.
     *
     * @throws UnsupportedOperationException if the graph has an op that no peer is measured on
     */
    protected final void translate(Graph graph) {
        Set<Value> needed = new HashSet<>(graph.outputs().values());
        graph.values().reversed().stream().filter(needed::contains)
                .forEach(value -> needed.addAll(operands(value.op())));
        needed.forEach(this::noteRecurrence);
        graph.values().stream().filter(needed::contains).forEach(value -> translated.put(value, translate(value)));
        graph.outputs().forEach((name, value) -> output(name, translated.get(value)));
    }

    /** A peer's recurrence makes the products with its inputs itself. */
    private static List<Value> operands(Op op) {
        return op instanceof Op.Recurrence recurrence ? List.of(products(recurrence).x()) : op.operands();
    }

    private static Op.Linear products(Op.Recurrence recurrence) {
        return (Op.Linear) recurrence.products().op();
    }

    private V translate(Value value) {
        return switch (value.op()) {
            case Op.Input input -> input(input.name(), value.rows().features());
            case Op.Tokens tokens -> tokens(tokens.name());
            case Op.Weight _,Op.Places _,Op.CountedPlaces _,Op.SamePlace _,Op.Recurrence _ ->
                null; // said where they are used
            case Op.Gather gather -> gather(gather);
            case Op.Concat concat when isBothWays(concat) -> bothWays(concat.left()).states();
            case Op.Select select when select.x().op() instanceof Op.Recurrence recurrence -> recurrence.reverse()
                    ? bothWays(select.x()).lastReverse()
                    : bothWays(select.x()).lastForward();
            case Op.Select select -> select(select);
            case Op.Join(Value first, Value second) -> join(of(first), of(second));
            case Op.Pool pool when pool.pooling() == Pooling.SUM -> sumRows(of(pool.x()));
            case Op.SplitHeads split when value.rows().length().isOne() ->
                splitRow(of(split.x()), value.rows().heads(), value.rows().headDim());
            case Op.HeadLinear linear -> headLinear(of(linear.x()), constant(linear.weight()), constant(linear.bias()),
                    value.rows().heads());
            case Op.RankPool pool ->
                rankPool(of(pool.left()), of(pool.right()), pool.rank(), value.rows().headDim());
            case Op.MergeHeads merge when value.rows().length().isOne() ->
                mergeRow(of(merge.x()), value.rows().features());
            case Op.Flatten(Value x) -> flatten(of(x));
            case Op.Padding padding -> padding(padding.x().op() instanceof Op.Tokens tokens
                    ? tokens.name()
                    : padding.x().rows().length().name());
            case Op.Linear linear -> linear(of(linear.x()), constant(linear.weight()), constant(linear.bias()));
            case Op.SplitHeads split -> split(of(split.x()), value.rows());
            case Op.MergeHeads merge -> merge(of(merge.x()), value.rows().features(), merge.x().rows().split());
            case Op.Scores product -> scores(product);
            case Op.Biased biased when biased.queries() == RowPlace.EACH ->
                biased(of(biased.scores()), constant(biased.diagonals()));
            case Op.MaskedSoftmax softmax -> softmax(softmax);
            case Op.Context context -> context(of(context.attention()), of(context.values()));
            case Op.Concat concat -> concat(of(concat.left()), of(concat.right()));
            case Op.Add add -> add(of(add.left()), of(add.right()));
            case Op.Activate activate -> activate(activate);
            case Op.LayerNorm norm -> norm(of(norm.x()), value.rows().features(), norm);
            case Op op -> throw unsupported(op);
        };
    }

    // ---------------------------------------------------------------- recurrences

    /** Keeps a direction for the other: the two are one operator of a peer's, though a graph reads from one before it has both. */
    private void noteRecurrence(Value value) {
        if (value.op() instanceof Op.Recurrence recurrence) {
            (recurrence.reverse() ? reverse : forward).put(products(recurrence).x(), recurrence);
        }
    }

    private BothWays<V> bothWays(Value recurrence) {
        Op.Recurrence either = (Op.Recurrence) recurrence.op();
        return bothWays.computeIfAbsent(products(either).x(), x -> {
            if (either.cell() != Cell.GRU || !forward.containsKey(x) || !reverse.containsKey(x)) {
                throw unsupported(either);
            }
            return bothWays(of(x), padding(x.rows().length().name()), weights(forward.get(x)), weights(reverse.get(x)));
        });
    }

    private static List<Constant> weights(Op.Recurrence recurrence) {
        Op.Linear products = products(recurrence);
        return List.of(constant(products.weight()), constant(recurrence.weight()), constant(products.bias()),
                constant(recurrence.bias()));
    }

    private static boolean isBothWays(Op.Concat concat) {
        return concat.left().op() instanceof Op.Recurrence left && concat.right().op() instanceof Op.Recurrence right
                && !left.reverse() && right.reverse() && products(left).x() == products(right).x();
    }

    // ---------------------------------------------------------------- single operators

    private V activate(Op.Activate activate) {
        return switch (activate.activation()) {
            case NONE -> of(activate.x());
            case RELU -> relu(of(activate.x()));
            case GELU -> gelu(of(activate.x()));
            case TANH -> tanh(of(activate.x()));
            default -> throw unsupported(activate);
        };
    }

    private V gather(Op.Gather gather) {
        Constant table = constant(gather.table());
        return switch (gather.indices().op()) {
            case Op.Tokens _ -> rows(table, of(gather.indices()));
            case Op.Places(Value tokens, int first) -> firstRows(table, first, of(tokens));
            case Op.CountedPlaces(Value tokens, int padding) -> countedRows(table, padding, of(tokens));
            case Op.SamePlace(Value _, int row) -> row(table, row);
            default -> throw unsupported(gather);
        };
    }

    private V select(Op.Select select) {
        if (select.row() != RowPlace.FIRST) {
            throw unsupported(select);
        }
        return first(of(select.x()));
    }

    private V scores(Op.Scores product) {
        V mirrored = scores.get(new Op.Scores(product.keys(), product.queries(), product.scale()));
        V result = mirrored == null
                ? scores(of(product.queries()), of(product.keys()), product.scale(), hasHeads(product))
                : transpose(mirrored, hasHeads(product));
        scores.put(product, result);
        return result;
    }

    private V softmax(Op.MaskedSoftmax softmax) {
        if (softmax.keyPadding() != null && softmax.order() != MaskOrder.SAMPLE) {
            throw unsupported(softmax);
        }
        return softmax(of(softmax.scores()), of(softmax.keyPadding()), of(softmax.queryPadding()),
                hasHeads(softmax.scores().op() instanceof Op.Biased biased
                        ? (Op.Scores) biased.scores().op()
                        : (Op.Scores) softmax.scores().op()));
    }

    private static boolean hasHeads(Op.Scores scores) {
        return scores.queries().op() instanceof Op.SplitHeads;
    }

    private static UnsupportedOperationException unsupported(Op op) {
        return new UnsupportedOperationException(
                "peers are measured on attention layers and one form of HGA alone: op=" + op.term());
    }

    private V of(Value value) {
        return value == null ? null : translated.get(value);
    }

    /** Returns the constant that a weight stands for; null for none. */
    protected static Constant constant(Value weight) {
        return weight == null ? null : ((Op.Weight) weight.op()).constant();
    }

    /** Gated recurrent units in both directions; weights in PyTorch's order: of inputs, of states, and the biases of both. */
    protected abstract BothWays<V> bothWays(V x, V padding, List<Constant> forward, List<Constant> reverse);

    /** The rows of {@code first}, then those of {@code second}. */
    protected abstract V join(V first, V second);

    /** The sum of a sample's rows, {@code [B, features]}. */
    protected abstract V sumRows(V x);

    /** Reads {@code [B, heads · headDim]} as {@code [heads, B, headDim]}. */
    protected abstract V splitRow(V x, int heads, int headDim);

    /** A linear layer of its own for each head, {@code [heads, B, out]}; the weight has one head's rows below the other's. */
    protected abstract V headLinear(V x, Constant weight, Constant bias, int heads);

    /** Products summed over ranks, their signed root, of length 1: {@code [heads, B, features]}. */
    protected abstract V rankPool(V left, V right, int rank, int features);

    /** Reads {@code [heads, B, headDim]} as {@code [B, features]}. */
    protected abstract V mergeRow(V x, int features);

    /** Reads {@code [B, 1]} as {@code [B]}. */
    protected abstract V flatten(V x);

    /** Brings an input {@code [B, L, features]}. */
    protected abstract V input(String name, int features);

    /** Brings ids {@code [B, L]}. */
    protected abstract V tokens(String name);

    /** The rows of a table that ids name, {@code [B, L, features]}. */
    protected abstract V rows(Constant table, V ids);

    /** The rows of a table from one on, as many as there are ids in a sample, {@code [L, features]}. */
    protected abstract V firstRows(Constant table, int first, V ids);

    /** As {@link #firstRows}, but counted behind the id of padding, whose own row all padding has: {@code [B, L, features]}. */
    protected V countedRows(Constant table, int padding, V ids) {
        throw new UnsupportedOperationException(
                "peers are not measured on places behind padding: table=" + table.name());
    }

    /** Scores, and a head's number for the distance {@code key − query}; the middle column of {@code [heads, 2n − 1]} is that of 0. */
    protected V biased(V scores, Constant diagonals) {
        throw new UnsupportedOperationException("peers are not measured on distances: table=" + diagonals.name());
    }

    /** One row of a table, {@code [features]}. */
    protected abstract V row(Constant table, int row);

    /** The first row of each sample, {@code [B, features]}. */
    protected abstract V first(V x);

    /** Brings one bit a row, {@code [B, L]}: set where a row of that input is padding. */
    protected abstract V padding(String input);

    /** {@code x · weightᵀ + bias}; the bias may be null. */
    protected abstract V linear(V x, Constant weight, Constant bias);

    /** Reads {@code [B, L, heads · headDim]} as {@code [B, heads, L, headDim]}. */
    protected abstract V split(V x, Shape.Rows heads);

    /** Reads {@code [B, heads, L, headDim]} as {@code [B, L, features]}. */
    protected abstract V merge(V x, int features, HeadSplit split);

    /** {@code scale · queries keysᵀ}. */
    protected abstract V scores(V queries, V keys, double scale, boolean hasHeads);

    /** Swaps the last two axes. */
    protected abstract V transpose(V x, boolean hasHeads);

    /** Softmax over the keys that are not padding; the rows of padding queries are 0. Paddings may be null. */
    protected abstract V softmax(V scores, V keyPadding, V queryPadding, boolean hasHeads);

    /** {@code attention · values}. */
    protected abstract V context(V attention, V values);

    /** The features of {@code left}, then those of {@code right}. */
    protected abstract V concat(V left, V right);

    /** {@code left + right}. */
    protected abstract V add(V left, V right);

    /** {@code max(x, 0)}. */
    protected abstract V relu(V x);

    /** {@code x · Φ(x)}, by the error function. */
    protected abstract V gelu(V x);

    /** The hyperbolic tangent. */
    protected abstract V tanh(V x);

    /** Layer norm over the features; {@code norm} has the constants and the epsilon. */
    protected abstract V norm(V x, int features, Op.LayerNorm norm);

    /** Names a result. */
    protected abstract void output(String name, V value);
}
