package io.lanewise.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Builds a graph op by op, giving each value its shape and refusing operands that do not fit. Not thread-safe. */
public final class GraphBuilder implements Notation {

    private final List<Value> values = new ArrayList<>();
    private final SequencedMap<String, Value> outputs = new LinkedHashMap<>();
    private final SequencedMap<String, Value> attentions = new LinkedHashMap<>();
    private final SequencedMap<String, Value> stages = new LinkedHashMap<>();

    /** Starts an empty graph. */
    public GraphBuilder() {}

    /** Adds an input of rows {@code [B, length, features]}. */
    public Value input(String name, Length length, int features) {
        return append(new Op.Input(name), new Shape.Rows(length, features));
    }

    /** Adds an input of ids {@code [B, length]}, each of 0 … {@code end − 1}. */
    public Value tokens(String name, Length length, int end) {
        return append(new Op.Tokens(name, end), new Shape.Indices(length));
    }

    /** Adds an input of a number for each pair of rows, {@code [B, length, length]}. */
    public Value pairs(String name, Length length) {
        return append(new Op.PairInput(name), new Shape.Pairs(length, length, 1, HeadSplit.COLUMNS));
    }

    @Override
    public Value add(Op op) {
        return append(op, shapeOf(op));
    }

    /** Names a value as a result. */
    public void output(String name, Value value) {
        if (outputs.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("outputs must have distinct names: name=" + name);
        }
    }

    /** Names an attention map, a result that is computed only for callers who ask. */
    public void attention(String name, Value value) {
        if (attentions.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("attention maps must have distinct names: name=" + name);
        }
    }

    /** Names rows on the way to the results, which are computed only for callers who ask. */
    public void stage(String name, Value value) {
        if (stages.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("stages must have distinct names: name=" + name);
        }
    }

    /** Returns the graph; the builder must not be used after it. */
    public Graph build() {
        return new Graph(List.copyOf(values), Collections.unmodifiableSequencedMap(outputs),
                Collections.unmodifiableSequencedMap(attentions), Collections.unmodifiableSequencedMap(stages));
    }

    private Value append(Op op, Shape shape) {
        Value value = new Value(values.size(), op, shape);
        values.add(value);
        return value;
    }

    private static Shape shapeOf(Op op) {
        return switch (op) {
            case Op.Given given -> throw new IllegalArgumentException("inputs are added by name: name=" + given.name());
            case Op.Weight weight -> weight.constant().shape();
            case Op.Linear linear -> linear(linear);
            case Op.SplitHeads split -> split(split);
            case Op.ShareHeads share -> share(share);
            case Op.HeadLinear linear -> headLinear(linear);
            case Op.MergeHeads merge -> new Shape.Rows(merge.x().rows().length(), merge.x().rows().features());
            case Op.Padding padding -> padding(padding);
            case Op.KeyPadding mask -> new Shape.PairBits(mask.queries(), bits(mask.padding()));
            case Op.QueryPadding mask -> new Shape.PairBits(bits(mask.padding()), mask.keys());
            case Op.Positions positions -> new Shape.Indices(bits(positions.padding()));
            case Op.Places places -> places.tokens().shape();
            case Op.CountedPlaces places -> places.tokens().shape();
            case Op.SamePlace place -> place.tokens().shape();
            case Op.Gather gather -> gather(gather);
            case Op.Scores scores -> scores(scores);
            case Op.Biased biased -> biased(biased);
            case Op.Window window -> window.scores().pairs();
            case Op.Disentangled relative -> disentangled(relative);
            case Op.MaskedSoftmax softmax -> softmax(softmax);
            case Op.Context context -> context(context);
            case Op.Concat concat -> concat(concat);
            case Op.Add add -> same(add, add.left(), add.right());
            case Op.Multiply multiply -> same(multiply, multiply.left(), multiply.right());
            case Op.Slice slice -> slice(slice);
            case Op.Activate activate -> activate.x().rows();
            case Op.LayerNorm norm -> norm(norm);
            case Op.RmsNorm norm -> rmsNorm(norm);
            case Op.Rotate rotate -> rotate(rotate);
            case Op.Select select -> select(select);
            case Op.Pool pool -> pool(pool);
            case Op.Flatten flatten -> flatten(flatten);
            case Op.Normalize normalize -> whole(normalize, normalize.x());
            case Op.Recurrence recurrence -> recurrence(recurrence);
            case Op.Join join -> join(join);
            case Op.Repeat repeat -> repeat(repeat);
            case Op.RankPool pool -> rankPool(pool);
            case Op.Stack stack -> stack(stack);
            case Op.Choose choose -> choose(choose);
        };
    }

    private static Shape linear(Op.Linear linear) {
        Shape.Rows x = linear.x().rows();
        Shape.Matrix weight = (Shape.Matrix) linear.weight().shape();
        require(x.heads() == 1 && x.features() == weight.columns(), linear, x, weight);
        require(linear.bias() == null || linear.bias().shape().equals(new Shape.Vector(weight.rows())), linear, x,
                weight);
        return new Shape.Rows(x.length(), weight.rows());
    }

    private static Shape split(Op.SplitHeads split) {
        Shape.Rows x = split.x().rows();
        require(x.heads() == 1 && x.features() % split.heads() == 0, split, x, split.heads());
        return new Shape.Rows(x.length(), split.heads(), x.features() / split.heads(), split.split());
    }

    private static Shape share(Op.ShareHeads share) {
        Shape.Rows x = share.x().rows();
        require(x.heads() == 1, share, x, "one head");
        return new Shape.Rows(x.length(), share.heads(), x.features(), HeadSplit.SHARED);
    }

    private static Shape headLinear(Op.HeadLinear linear) {
        Shape.Rows x = linear.x().rows();
        Shape.Matrix weight = (Shape.Matrix) linear.weight().shape();
        require(x.split() == HeadSplit.COLUMNS && x.headDim() == weight.columns() && weight.rows() % x.heads() == 0,
                linear, x, weight);
        require(linear.bias() == null || linear.bias().shape().equals(new Shape.Vector(weight.rows())), linear, x,
                weight);
        return new Shape.Rows(x.length(), x.heads(), weight.rows() / x.heads(), HeadSplit.COLUMNS);
    }

    private static Shape padding(Op.Padding padding) {
        if (padding.x().shape() instanceof Shape.Indices indices) {
            return new Shape.RowBits(indices.length());
        }
        Shape.Rows x = padding.x().rows();
        require(x.heads() == 1, padding, x, "one head");
        return new Shape.RowBits(x.length());
    }

    private static Shape gather(Op.Gather gather) {
        Shape.Indices indices = (Shape.Indices) gather.indices().shape();
        return new Shape.Rows(indices.length(), ((Shape.Matrix) gather.table().shape()).columns());
    }

    private static Shape scores(Op.Scores scores) {
        Shape.Rows queries = scores.queries().rows();
        Shape.Rows keys = scores.keys().rows();
        require(queries.heads() % keys.heads() == 0 && queries.headDim() == keys.headDim()
                && fits(queries.split(), keys.split()), scores, queries, keys);
        return new Shape.Pairs(queries.length(), keys.length(), queries.heads(), queries.split());
    }

    private static Shape softmax(Op.MaskedSoftmax softmax) {
        Shape.Pairs scores = softmax.scores().pairs();
        Value keys = softmax.keyPadding();
        Value queries = softmax.queryPadding();
        require(keys == null || bits(keys).equals(scores.keys()), softmax, scores, "keys");
        require(queries == null || bits(queries).equals(scores.queries()), softmax, scores, "queries");
        return scores;
    }

    private static Shape context(Op.Context context) {
        Shape.Pairs attention = context.attention().pairs();
        Shape.Rows rows = context.values().rows();
        require(attention.keys().equals(rows.length()) && attention.heads() % rows.heads() == 0
                && fits(attention.split(), rows.split()), context, attention, rows);
        return new Shape.Rows(attention.queries(), attention.heads(), rows.headDim(), attention.split());
    }

    private static Shape biased(Op.Biased biased) {
        Shape.Pairs scores = biased.scores().pairs();
        Shape.Matrix diagonals = (Shape.Matrix) biased.diagonals().shape();
        require((diagonals.rows() == 1 || diagonals.rows() == scores.heads()) && diagonals.columns() % 2 == 1, biased,
                scores, diagonals);
        return scores;
    }

    private static Shape disentangled(Op.Disentangled relative) {
        Shape.Pairs scores = relative.scores().pairs();
        require(relative.scores().op() instanceof Op.Scores, relative, scores, "scores as they come");
        Shape.Rows keys = ((Op.Scores) relative.scores().op()).keys().rows();
        Shape table = new Shape.Matrix(relative.buckets().count(), keys.features());
        require(relative.keyTable() == null || relative.keyTable().shape().equals(table), relative, scores, table);
        require(relative.queryTable() == null || relative.queryTable().shape().equals(table), relative, scores, table);
        return scores;
    }

    private static boolean fits(HeadSplit queries, HeadSplit keys) {
        return queries == keys || queries == HeadSplit.COLUMNS && keys == HeadSplit.SHARED;
    }

    private static Shape concat(Op.Concat concat) {
        Shape.Rows left = concat.left().rows();
        Shape.Rows right = concat.right().rows();
        require(left.heads() == 1 && right.heads() == 1 && left.length().equals(right.length()), concat, left, right);
        return new Shape.Rows(left.length(), left.features() + right.features());
    }

    private static Shape norm(Op.LayerNorm norm) {
        Shape.Rows x = norm.x().rows();
        Shape vector = new Shape.Vector(x.features());
        require(x.heads() == 1, norm, x, "one head");
        require(norm.scale() == null || norm.scale().shape().equals(vector), norm, x, "scale");
        require(norm.shift() == null || norm.shift().shape().equals(vector), norm, x, "shift");
        return x;
    }

    private static Shape rmsNorm(Op.RmsNorm norm) {
        Shape.Rows x = norm.x().rows();
        require(norm.scale() == null || norm.scale().shape().equals(new Shape.Vector(x.headDim())), norm, x, "scale");
        return x;
    }

    private static Shape rotate(Op.Rotate rotate) {
        Shape.Rows x = rotate.x().rows();
        Shape.Matrix table = (Shape.Matrix) rotate.table().shape();
        require(x.split() == HeadSplit.COLUMNS && x.headDim() % 2 == 0 && table.columns() == x.headDim(), rotate, x,
                table);
        return x;
    }

    private static Shape slice(Op.Slice slice) {
        Shape.Rows x = slice.x().rows();
        require(x.heads() == 1 && slice.first() + slice.features() <= x.features(), slice, x, slice.features());
        return new Shape.Rows(x.length(), slice.features());
    }

    private static Shape select(Op.Select select) {
        Shape.Rows x = select.x().rows();
        require(isMany(x.length()) && select.row() != RowPlace.EACH && x.split() == HeadSplit.COLUMNS, select, x,
                select.row());
        return new Shape.Rows(x.length().one(), x.heads(), x.headDim(), x.split());
    }

    private static Shape pool(Op.Pool pool) {
        Shape.Rows x = pool.x().rows();
        require(isMany(x.length()) && x.heads() == 1, pool, x, pool.pooling());
        return new Shape.Rows(x.length().one(), x.features());
    }

    private static Shape flatten(Op.Flatten flatten) {
        Shape.Rows x = flatten.x().rows();
        require(x.length().isOne() && x.features() == 1, flatten, x, "one number a sequence");
        return new Shape.Numbers(x.length().sequences());
    }

    private static Shape recurrence(Op.Recurrence recurrence) {
        Shape.Rows x = recurrence.products().rows();
        Shape.Matrix weight = (Shape.Matrix) recurrence.weight().shape();
        int hidden = weight.columns();
        require(isMany(x.length()) && x.heads() == 1 && x.features() == weight.rows()
                && weight.rows() == recurrence.cell().gates() * hidden, recurrence, x, weight);
        require(recurrence.bias().shape().equals(new Shape.Vector(weight.rows())), recurrence, x, weight);
        return new Shape.Rows(x.length(), recurrence.cell().states() * hidden);
    }

    private static Shape join(Op.Join join) {
        Shape.Rows first = join.first().rows();
        Shape.Rows second = join.second().rows();
        require(isMany(first.length()) && isMany(second.length()) && first.features() == second.features()
                && first.length().sequences() == second.length().sequences() && first.heads() == 1
                && second.heads() == 1, join, first, second);
        return new Shape.Rows(first.length().and(second.length()), first.features());
    }

    private static Shape repeat(Op.Repeat repeat) {
        Shape.Rows x = repeat.x().rows();
        require(x.length().isRagged() && x.length().sequences() == 1 && x.heads() == 1, repeat, x, repeat.times());
        return new Shape.Rows(x.length().times(repeat.times()), x.features());
    }

    private static Shape rankPool(Op.RankPool pool) {
        Shape.Rows left = pool.left().rows();
        require(left.equals(pool.right().rows()) && left.split() == HeadSplit.COLUMNS
                && left.headDim() % pool.rank() == 0, pool, left, pool.right().rows());
        return new Shape.Rows(left.length(), left.heads(), left.headDim() / pool.rank(), HeadSplit.COLUMNS);
    }

    private static Shape stack(Op.Stack stack) {
        Shape.Rows x = stack.x().rows();
        require(x.length().equals(Length.ONE) && x.features() % stack.parts() == 0, stack, x, stack.parts());
        return new Shape.Stacked(stack.parts(), x.features() / stack.parts());
    }

    private static Shape choose(Op.Choose choose) {
        boolean fits = choose.scores().shape() instanceof Shape.Numbers
                || choose.scores().rows().length().equals(Length.ONE);
        require(fits, choose, choose.scores().shape(), choose.choice());
        return new Shape.Choices();
    }

    private static boolean isMany(Length length) {
        return length.isRagged() && !length.isOne();
    }

    private static Shape whole(Op op, Value x) {
        require(x.rows().heads() == 1, op, x.rows(), "one head");
        return x.shape();
    }

    private static Shape same(Op op, Value left, Value right) {
        require(left.shape().equals(right.shape()), op, left.shape(), right.shape());
        return left.shape();
    }

    private static Length bits(Value padding) {
        return ((Shape.RowBits) padding.shape()).length();
    }

    private static void require(boolean fits, Op op, Object left, Object right) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "operands must fit the op: op=" + op.term() + ", " + left + ", " + right);
        }
    }
}
