package io.lanewise.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** One walk over a graph: what its values are for one batch. */
final class ReferenceRun<A> {

    private final NaiveMath<A> math;
    private final Function<float[], A> precision; // for the values of the model and of the caller
    private final ReferenceInputs inputs;
    private final int batch;
    private final List<ReferenceTensor<A>> results = new ArrayList<>(); // by id of the value

    ReferenceRun(NaiveMath<A> math, Function<float[], A> precision, ReferenceInputs inputs) {
        this.math = math;
        this.precision = precision;
        this.inputs = inputs;
        this.batch = inputs.batch();
    }

    /** Computes the graph's next value: operands come before what uses them. */
    void compute(Value value) {
        results.add(computed(value));
    }

    ReferenceTensor<A> result(Value value) {
        return results.get(value.id());
    }

    private ReferenceTensor<A> computed(Value value) {
        return switch (value.op()) {
            case Op.Input input -> tensor(precision.apply(inputs.cells(input.name())));
            case Op.Weight weight -> tensor(precision.apply(weight.constant().values()));
            case Op.Linear(Value x, Value weight, Value bias) ->
                tensor(math.linear(numbers(x), numbers(weight), numbers(bias), features(x), features(value)));
            case Op.SplitHeads split -> tensor(split(split));
            case Op.ShareHeads share -> tensor(share(share));
            case Op.HeadLinear linear -> tensor(headLinear(linear));
            case Op.MergeHeads merge -> tensor(merge(merge));
            case Op.Padding(Value x) -> tensor(padding(x));
            case Op.KeyPadding mask -> tensor(keyPadding(mask));
            case Op.QueryPadding mask -> tensor(queryPadding(mask));
            case Op.Positions positions -> tensor(positions(positions));
            case Op.Gather(Value table, Value indices) ->
                tensor(math.gather(numbers(table), result(indices).indices(), features(value)));
            case Op.Scores(Value queries, Value keys, double scale) ->
                tensor(math.scores(numbers(queries), numbers(keys), groups(value), queries.rows().headDim(), scale));
            case Op.MaskedSoftmax softmax ->
                tensor(math.maskedSoftmax(numbers(softmax.scores()), groups(value), maskedKeys(softmax),
                        maskedQueries(softmax), inputs.emptyAttention()));
            case Op.Context context -> tensor(context(context));
            case Op.Concat(Value left, Value right) ->
                tensor(math.concat(numbers(left), numbers(right), features(left), features(right)));
            case Op.Add(Value left, Value right) -> tensor(math.add(numbers(left), numbers(right)));
            case Op.Activate activate -> tensor(math.activate(numbers(activate.x()), activate.activation()));
            case Op.LayerNorm(Value x, Value scale, Value shift, double eps) ->
                tensor(math.layerNorm(numbers(x), numbers(scale), numbers(shift), features(x), eps));
        };
    }

    // A reshape moves nothing.
    private A split(Op.SplitHeads split) {
        A x = numbers(split.x());
        Shape.Rows rows = split.x().rows();
        return split.split() == HeadSplit.RESHAPED
                ? x
                : math.transpose(x, batch, length(rows.length()), split.heads(), rows.features() / split.heads());
    }

    private A share(Op.ShareHeads share) {
        Shape.Rows rows = share.x().rows();
        int length = length(rows.length());
        int[] sources = new int[batch * share.heads() * length];
        for (int row = 0; row < sources.length; row++) {
            sources[row] = row / (share.heads() * length) * length + row % length;
        }
        return math.gather(numbers(share.x()), sources, rows.features());
    }

    /** A head's rows meet the rows of its weight as queries meet keys. */
    private A headLinear(Op.HeadLinear linear) {
        Shape.Rows x = linear.x().rows();
        int out = ((Shape.Matrix) linear.weight().shape()).rows();
        int[] everySample = new int[batch * out];
        for (int row = 0; row < everySample.length; row++) {
            everySample[row] = row % out;
        }
        A weights = math.gather(numbers(linear.weight()), everySample, x.headDim());
        Groups groups = new Groups(batch * x.heads(), length(x.length()), out / x.heads());
        return math.scores(numbers(linear.x()), weights, groups, x.headDim(), 1);
    }

    private A merge(Op.MergeHeads merge) {
        A x = numbers(merge.x());
        Shape.Rows rows = merge.x().rows();
        return rows.split() == HeadSplit.RESHAPED
                ? x
                : math.transpose(x, batch, rows.heads(), length(rows.length()), rows.headDim());
    }

    private boolean[] padding(Value x) {
        Shape.Rows rows = x.rows();
        boolean[] given = inputs.padding(rows.length().name());
        return given != null ? given : math.zeroRows(numbers(x), batch * length(rows.length()), rows.features());
    }

    private boolean[] keyPadding(Op.KeyPadding mask) {
        boolean[] padding = bits(mask.padding());
        int queries = length(mask.queries());
        int keys = lengthOf(mask.padding());
        boolean[] pairs = new boolean[batch * queries * keys];
        for (int pair = 0; pair < pairs.length; pair++) {
            pairs[pair] = padding[pair / (queries * keys) * keys + pair % keys];
        }
        return pairs;
    }

    private boolean[] queryPadding(Op.QueryPadding mask) {
        boolean[] padding = bits(mask.padding());
        boolean[] pairs = new boolean[padding.length * length(mask.keys())];
        for (int pair = 0; pair < pairs.length; pair++) {
            pairs[pair] = padding[pair / length(mask.keys())];
        }
        return pairs;
    }

    private int[] positions(Op.Positions positions) {
        boolean[] padding = bits(positions.padding());
        int length = lengthOf(positions.padding());
        int[] indices = new int[padding.length];
        for (int row = 0; row < indices.length; row++) {
            indices[row] = padding[row] ? 0 : row % length + 1;
        }
        return indices;
    }

    private A context(Op.Context context) {
        Groups groups = groups(context.attention());
        boolean[] maskedKeys = new boolean[groups.count() * groups.keys()];
        boolean[] maskedQueries = new boolean[groups.count() * groups.queries()];
        if (context.attention().op() instanceof Op.MaskedSoftmax softmax) {
            maskedKeys = maskedKeys(softmax);
            maskedQueries = maskedQueries(softmax);
        }
        return math.context(numbers(context.attention()), numbers(context.values()), groups,
                context.values().rows().headDim(), maskedKeys, maskedQueries);
    }

    private boolean[] maskedQueries(Op.MaskedSoftmax softmax) {
        Groups groups = groups(softmax.scores());
        return maskOfGroups(softmax.queryPadding(), groups.count(), groups.queries(), MaskOrder.SAMPLE);
    }

    private boolean[] maskedKeys(Op.MaskedSoftmax softmax) {
        Groups groups = groups(softmax.scores());
        return maskOfGroups(softmax.keyPadding(), groups.count(), groups.keys(), softmax.order());
    }

    /** Returns {@code [groups, rows]}: the padding, {@code [B, rows]} or null for none, of the sample of each group. */
    private boolean[] maskOfGroups(Value padding, int groups, int rows, MaskOrder order) {
        boolean[] mask = new boolean[groups * rows];
        if (padding != null) {
            for (int g = 0; g < groups; g++) {
                int sample = switch (order) {
                    case SAMPLE -> g / (groups / batch);
                    case GROUP_MODULO_BATCH -> g % batch;
                };
                System.arraycopy(bits(padding), sample * rows, mask, g * rows, rows);
            }
        }
        return mask;
    }

    private Groups groups(Value pairs) {
        Shape.Pairs shape = pairs.pairs();
        return new Groups(batch * shape.heads(), length(shape.queries()), length(shape.keys()));
    }

    private static int features(Value rows) {
        return rows.rows().features();
    }

    private int length(Length length) {
        return inputs.length(length.name());
    }

    private int lengthOf(Value padding) {
        return length(((Shape.RowBits) padding.shape()).length());
    }

    private A numbers(Value value) {
        return value == null ? null : result(value).numbers();
    }

    private boolean[] bits(Value value) {
        return result(value).bits();
    }

    private ReferenceTensor<A> tensor(A cells) {
        return new ReferenceTensor.Numbers<>(cells);
    }

    private ReferenceTensor<A> tensor(boolean[] cells) {
        return new ReferenceTensor.Bits<>(cells);
    }

    private ReferenceTensor<A> tensor(int[] cells) {
        return new ReferenceTensor.Indices<>(cells);
    }
}
