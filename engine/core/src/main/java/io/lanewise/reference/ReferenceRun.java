package io.lanewise.reference;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** One walk over a graph: what its values are for one batch. */
final class ReferenceRun<A> {

    private final NaiveMath<A> math;
    private final ReferenceInputs inputs;
    private final int batch;
    private final List<ReferenceTensor<A>> results = new ArrayList<>(); // by id of the value

    ReferenceRun(NaiveMath<A> math, ReferenceInputs inputs) {
        this.math = math;
        this.inputs = inputs;
        this.batch = inputs.batch();
    }

    /** Computes the graph's next value: operands come before what uses them. */
    void compute(Value value) {
        results.add(result(value.op()));
    }

    ReferenceTensor<A> result(Value value) {
        return results.get(value.id());
    }

    private ReferenceTensor<A> result(Op op) {
        return switch (op) {
            case Op.Input input -> tensor(math.of(inputs.cells(input.name())));
            case Op.Weight weight -> tensor(math.of(weight.constant().values()));
            case Op.Linear linear -> tensor(linear(linear));
            case Op.SplitHeads split -> tensor(split(split));
            case Op.ShareHeads share -> tensor(share(share));
            case Op.HeadLinear linear -> tensor(headLinear(linear));
            case Op.MergeHeads merge -> tensor(merge(merge));
            case Op.Padding padding -> tensor(padding(padding.x()));
            case Op.KeyPadding mask -> tensor(keyPadding(mask));
            case Op.QueryPadding mask -> tensor(queryPadding(mask));
            case Op.Positions positions -> tensor(positions(positions));
            case Op.Gather gather -> tensor(gather(gather));
            case Op.Scores scores -> tensor(scores(scores));
            case Op.MaskedSoftmax softmax -> tensor(softmax(softmax));
            case Op.Context context -> tensor(context(context));
            case Op.Concat concat -> tensor(concat(concat));
            case Op.Add add -> tensor(math.add(numbers(add.left()), numbers(add.right())));
            case Op.Activate activate -> tensor(math.activate(numbers(activate.x()), activate.activation()));
            case Op.LayerNorm norm -> tensor(norm(norm));
        };
    }

    private A linear(Op.Linear linear) {
        Shape.Matrix weight = (Shape.Matrix) linear.weight().shape();
        return math.linear(numbers(linear.x()), numbers(linear.weight()), numbers(linear.bias()), weight.columns(),
                weight.rows());
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

    private A gather(Op.Gather gather) {
        int features = ((Shape.Matrix) gather.table().shape()).columns();
        return math.gather(numbers(gather.table()), result(gather.indices()).indices(), features);
    }

    private A scores(Op.Scores scores) {
        Shape.Rows queries = scores.queries().rows();
        Groups groups = groups(queries.heads(), queries.length(), scores.keys().rows().length());
        return math.scores(numbers(scores.queries()), numbers(scores.keys()), groups, queries.headDim(),
                scores.scale());
    }

    private A softmax(Op.MaskedSoftmax softmax) {
        Groups groups = groups(softmax.scores().pairs());
        return math.maskedSoftmax(numbers(softmax.scores()), groups, maskedKeys(softmax, groups),
                maskedQueries(softmax, groups), inputs.emptyAttention());
    }

    private A context(Op.Context context) {
        Groups groups = groups(context.attention().pairs());
        boolean[] maskedKeys = new boolean[groups.count() * groups.keys()];
        boolean[] maskedQueries = new boolean[groups.count() * groups.queries()];
        if (context.attention().op() instanceof Op.MaskedSoftmax softmax) {
            maskedKeys = maskedKeys(softmax, groups);
            maskedQueries = maskedQueries(softmax, groups);
        }
        return math.context(numbers(context.attention()), numbers(context.values()), groups,
                context.values().rows().headDim(), maskedKeys, maskedQueries);
    }

    private boolean[] maskedQueries(Op.MaskedSoftmax softmax, Groups groups) {
        return maskOfGroups(softmax.queryPadding(), groups.count(), groups.queries(), MaskOrder.SAMPLE);
    }

    private boolean[] maskedKeys(Op.MaskedSoftmax softmax, Groups groups) {
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

    private A concat(Op.Concat concat) {
        return math.concat(numbers(concat.left()), numbers(concat.right()), concat.left().rows().features(),
                concat.right().rows().features());
    }

    private A norm(Op.LayerNorm norm) {
        return math.layerNorm(numbers(norm.x()), numbers(norm.scale()), numbers(norm.shift()),
                norm.x().rows().features(), norm.eps());
    }

    private Groups groups(Shape.Pairs pairs) {
        return groups(pairs.heads(), pairs.queries(), pairs.keys());
    }

    private Groups groups(int heads, Length queries, Length keys) {
        return new Groups(batch * heads, length(queries), length(keys));
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
