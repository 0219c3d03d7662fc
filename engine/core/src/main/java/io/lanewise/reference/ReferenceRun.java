package io.lanewise.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** One walk over a graph: what its values are for one batch. */
final class ReferenceRun<A> {

    /** What a row's length counts as at least where it is divided by. */
    private static final double LEAST_LENGTH = 1e-12;

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

    /** Returns what the caller gets: of rows that are not there, zeros, or nothing. */
    ReferenceTensor<A> output(Value value) {
        return switch (value.shape()) {
            case Shape.Rows rows when rows.length().isRagged() && !rows.length().isOne() ->
                tensor(shown(cleared(numbers(value), rows.length(), 1, rows.features()), rows.length(), 1,
                        rows.features()));
            case Shape.Pairs pairs when pairs.queries().isRagged() -> tensor(shown(value, pairs));
            default -> result(value);
        };
    }

    /** Returns {@code [B, groups, L, features]} with zeros where a row is padding. */
    private A cleared(A x, Length length, int groups, int features) {
        boolean[] padding = padding(length);
        int rows = length(length);
        double[] kept = new double[padding.length * groups];
        for (int row = 0; row < kept.length; row++) {
            kept[row] = padding[row / (groups * rows) * rows + row % rows] ? 0 : 1;
        }
        return math.weightedSum(x, kept, kept.length, features);
    }

    private A shown(Value value, Shape.Pairs pairs) {
        int keys = length(pairs.keys());
        A rows = cleared(numbers(value), pairs.queries(), pairs.heads(), keys);
        if (pairs.queries().kind() != Length.Kind.TRIMMED) {
            return rows;
        }
        A queries = shown(rows, pairs.queries(), pairs.heads(), keys);
        int[] kept = shownRows(pairs.keys());
        int count = groups(value).count() * shownRows(pairs.queries()).length;
        int[] cells = new int[count * kept.length];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = cell / kept.length * keys + kept[cell % kept.length];
        }
        return math.gather(queries, cells, 1);
    }

    /** Returns {@code [B, groups, rows, features]} of those rows that are shown. */
    private A shown(A x, Length length, int groups, int features) {
        if (length.kind() != Length.Kind.TRIMMED) {
            return x;
        }
        int[] kept = shownRows(length);
        int[] rows = new int[sequences(length) * groups * kept.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row / kept.length * length(length) + kept[row % kept.length];
        }
        return math.gather(x, rows, features);
    }

    /** Returns which rows of a padded sequence are shown: up to the last that any sequence has, of each length that it is made of. */
    private int[] shownRows(Length length) {
        if (length.isDerived()) {
            List<int[]> parts = length.of().stream().map(this::shownRows).toList();
            int[] rows = parts.stream().flatMapToInt(Arrays::stream).toArray();
            int start = 0;
            for (int part = 0, row = 0; part < parts.size(); part++) {
                for (int i = 0; i < parts.get(part).length; i++) {
                    rows[row++] += start;
                }
                start += length(length.of().get(part));
            }
            return rows;
        }
        boolean[] padding = padding(length);
        int end = 0;
        for (int row = 0; row < padding.length; row++) {
            end = padding[row] ? end : Math.max(end, row % length(length) + 1);
        }
        return IntStream.range(0, end).toArray();
    }

    private ReferenceTensor<A> result(Value value) {
        return results.get(value.id());
    }

    private ReferenceTensor<A> computed(Value value) {
        return switch (value.op()) {
            case Op.Input input -> tensor(input(value, precision.apply(inputs.cells(input.name()))));
            case Op.PairInput pairs -> tensor(pairs(value, precision.apply(inputs.cells(pairs.name()))));
            case Op.Tokens tokens -> tensor(ids(value, inputs.ids(tokens.name())));
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
            case Op.Places places -> tensor(places(places));
            case Op.CountedPlaces places -> tensor(countedPlaces(places));
            case Op.SamePlace place -> tensor(samePlace(place));
            case Op.Gather(Value table, Value indices) ->
                tensor(math.gather(numbers(table), result(indices).indices(), features(value)));
            case Op.Scores(Value queries, Value keys, double scale) ->
                tensor(math.scores(numbers(queries), perHead(keys, value), groups(value), queries.rows().headDim(),
                        scale));
            case Op.Biased biased -> tensor(math.biased(numbers(biased.scores()), groups(value),
                    numbers(biased.diagonals()), columns(biased.diagonals()), places(value, biased.queries())));
            case Op.Window window -> tensor(math.windowed(numbers(window.scores()), groups(value), window.before(),
                    window.after(), places(value, window.queries())));
            case Op.Disentangled relative -> tensor(disentangled(value, relative));
            case Op.MaskedSoftmax softmax ->
                tensor(math.maskedSoftmax(numbers(softmax.scores()), groups(value), maskedKeys(softmax),
                        maskedQueries(softmax), inputs.emptyAttention()));
            case Op.Context context -> tensor(context(context));
            case Op.Concat(Value left, Value right) ->
                tensor(math.concat(numbers(left), numbers(right), features(left), features(right)));
            case Op.Add(Value left, Value right) -> tensor(math.add(numbers(left), numbers(right)));
            case Op.Multiply(Value left, Value right) -> tensor(math.multiply(numbers(left), numbers(right)));
            case Op.Slice slice ->
                tensor(math.slice(numbers(slice.x()), features(slice.x()), slice.first(), slice.features()));
            case Op.Activate activate -> tensor(math.activate(numbers(activate.x()), activate.activation()));
            case Op.LayerNorm(Value x, Value scale, Value shift, double eps) ->
                tensor(math.layerNorm(numbers(x), numbers(scale), numbers(shift), features(x), eps));
            case Op.RmsNorm(Value x, Value scale, double eps) ->
                tensor(math.rmsNorm(numbers(x), numbers(scale), x.rows().headDim(), eps));
            case Op.Rotate rotate -> tensor(math.rotate(numbers(rotate.x()), numbers(rotate.table()),
                    places(value.rows().heads(), value.rows().length(), rotate.rows()), value.rows().headDim()));
            case Op.Select select -> tensor(select(select));
            case Op.Pool pool -> tensor(pool(pool));
            case Op.Flatten(Value x) -> tensor(numbers(x));
            case Op.Normalize(Value x) -> tensor(math.normalize(numbers(x), features(x), LEAST_LENGTH));
            case Op.Recurrence recurrence -> tensor(recurrence(recurrence));
            case Op.Join(Value first, Value second) -> tensor(join(first, second));
            case Op.Repeat(Value x, int times) -> tensor(repeat(x, times));
            case Op.RankPool(Value left, Value right, int rank) ->
                tensor(math.rankPool(numbers(left), numbers(right), value.rows().headDim(), rank, LEAST_LENGTH));
            case Op.Stack(Value x, int parts) ->
                tensor(math.transpose(numbers(x), 1, batch, parts, features(x) / parts));
            case Op.Choose choose -> tensor(chosen(choose));
        };
    }

    // ---------------------------------------------------------------- inputs

    /** Returns an input as what is computed with it must see it: rows that are not there are zeros, whatever stands there. */
    private A input(Value value, A cells) {
        Shape.Rows rows = value.rows();
        return rows.length().kind() == Length.Kind.TRIMMED ? cleared(cells, rows.length(), 1, rows.features()) : cells;
    }

    private A pairs(Value value, A cells) {
        Length length = value.pairs().queries();
        boolean[] padding = padding(length);
        int rows = length(length);
        double[] kept = new double[padding.length * rows];
        for (int cell = 0; cell < kept.length; cell++) {
            int row = cell / rows;
            kept[cell] = padding[row] || padding[row / rows * rows + cell % rows] ? 0 : 1;
        }
        return math.weightedSum(cells, kept, kept.length, 1);
    }

    private int[] ids(Value value, int[] ids) {
        Length length = ((Shape.Indices) value.shape()).length();
        boolean[] padding = padding(length);
        int[] valid = new int[ids.length];
        for (int row = 0; row < ids.length; row++) {
            valid[row] = length.kind() == Length.Kind.TRIMMED && padding[row] ? 0 : ids[row];
        }
        return valid;
    }

    // ---------------------------------------------------------------- linear layers and heads

    // A reshape moves nothing.
    private A split(Op.SplitHeads split) {
        A x = numbers(split.x());
        Shape.Rows rows = split.x().rows();
        return split.split() == HeadSplit.RESHAPED
                ? x
                : math.transpose(x, sequences(rows.length()), length(rows.length()), split.heads(),
                        rows.features() / split.heads());
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
        int[] everySample = new int[sequences(x.length()) * out];
        for (int row = 0; row < everySample.length; row++) {
            everySample[row] = row % out;
        }
        A weights = math.gather(numbers(linear.weight()), everySample, x.headDim());
        Groups groups = new Groups(sequences(x.length()) * x.heads(), length(x.length()), out / x.heads());
        A products = math.scores(numbers(linear.x()), weights, groups, x.headDim(), 1);
        return linear.bias() == null ? products : math.add(products, headBias(linear, groups));
    }

    /** Returns what is added to each row of each head. */
    private A headBias(Op.HeadLinear linear, Groups groups) {
        int heads = linear.x().rows().heads();
        int[] headOfRow = new int[groups.count() * groups.queries()];
        for (int row = 0; row < headOfRow.length; row++) {
            headOfRow[row] = row / groups.queries() % heads;
        }
        return math.gather(numbers(linear.bias()), headOfRow, groups.keys());
    }

    private A merge(Op.MergeHeads merge) {
        A x = numbers(merge.x());
        Shape.Rows rows = merge.x().rows();
        return rows.split() == HeadSplit.RESHAPED
                ? x
                : math.transpose(x, sequences(rows.length()), rows.heads(), length(rows.length()), rows.headDim());
    }

    private boolean[] padding(Value x) {
        if (x.shape() instanceof Shape.Indices indices) {
            return padding(indices.length());
        }
        Shape.Rows rows = x.rows();
        if (rows.length().isRagged()) {
            return padding(rows.length());
        }
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

    // ---------------------------------------------------------------- sequences of tokens

    /** Returns the padding of a ragged length as the caller told it: none if he did not. */
    private boolean[] padding(Length length) {
        if (length.isDerived()) {
            return paddingOfAll(length);
        }
        boolean[] given = inputs.padding(length.name());
        return given != null ? given : new boolean[sequences(length) * length(length)];
    }

    /** Returns the padding of the lengths that one is made of, one after the other, once for each of its sequences. */
    private boolean[] paddingOfAll(Length length) {
        int rows = length(length);
        boolean[] all = new boolean[sequences(length) * rows];
        int start = 0;
        for (Length part : length.of()) {
            boolean[] padding = padding(part);
            int count = length(part);
            int each = length.sequences() / part.sequences();
            for (int sequence = 0; sequence < sequences(length); sequence++) {
                System.arraycopy(padding, sequence / each * count, all, sequence * rows + start, count);
            }
            start += count;
        }
        return all;
    }

    private int[] places(Op.Places places) {
        int length = length(((Shape.Indices) places.tokens().shape()).length());
        int[] rows = new int[batch * length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = places.first() + row % length;
        }
        return rows;
    }

    private int[] countedPlaces(Op.CountedPlaces places) {
        int[] ids = result(places.tokens()).indices();
        int length = ids.length / batch;
        int[] rows = new int[ids.length];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            count = row % length == 0 ? 0 : count;
            count += ids[row] == places.padding() ? 0 : 1;
            rows[row] = places.padding() + (ids[row] == places.padding() ? 0 : count);
        }
        return rows;
    }

    private int[] samePlace(Op.SamePlace place) {
        int[] rows = new int[result(place.tokens()).indices().length];
        Arrays.fill(rows, place.row());
        return rows;
    }

    /** Returns for each sample, head and row its place in the sequence, {@code [B, heads, L]}. */
    private int[] places(int heads, Length length, RowPlace rows) {
        int count = length(length);
        int[] places = new int[batch * heads * count];
        for (int row = 0; row < places.length; row++) {
            places[row] = rows == RowPlace.EACH ? row % count : place(row / heads, length, rows);
        }
        return places;
    }

    private int[] places(Value pairs, RowPlace queries) {
        Shape.Pairs shape = pairs.pairs();
        int heads = shape.heads();
        int count = length(shape.queries());
        int[] places = new int[batch * heads * count];
        for (int row = 0; row < places.length; row++) {
            places[row] = queries == RowPlace.EACH ? row % count : place(row / heads, shape.keys(), queries);
        }
        return places;
    }

    /** Returns the place of a sample's first or last row that is no padding. */
    private int place(int sample, Length length, RowPlace row) {
        boolean[] padding = padding(length);
        int count = length(length);
        int place = row == RowPlace.FIRST ? 0 : count - 1;
        while (padding[sample * count + place]) {
            place += row == RowPlace.FIRST ? 1 : -1;
        }
        return place;
    }

    private A select(Op.Select select) {
        Shape.Rows rows = select.x().rows();
        int[] sources = new int[sequences(rows.length()) * rows.heads()];
        for (int head = 0; head < sources.length; head++) {
            sources[head] = head * length(rows.length())
                    + place(head / rows.heads(), rows.length(), select.row());
        }
        return math.gather(numbers(select.x()), sources, rows.headDim());
    }

    private A pool(Op.Pool pool) {
        Shape.Rows rows = pool.x().rows();
        double[] weights = weights(padding(rows.length()), length(rows.length()), pool.pooling());
        return pool.pooling() == Pooling.MAX
                ? math.largest(numbers(pool.x()), weights, sequences(rows.length()), rows.features())
                : math.weightedSum(numbers(pool.x()), weights, sequences(rows.length()), rows.features());
    }

    private static double[] weights(boolean[] padding, int length, Pooling pooling) {
        double[] weights = new double[padding.length];
        for (int start = 0; start < padding.length; start += length) {
            int count = 0;
            double sum = 0;
            for (int row = start; row < start + length; row++) {
                count += padding[row] ? 0 : 1;
                weights[row] = padding[row] ? 0 : pooling == Pooling.WEIGHTED_MEAN ? count : 1;
                sum += weights[row];
            }
            for (int row = start; row < start + length; row++) {
                weights[row] /= switch (pooling) {
                    case MEAN, WEIGHTED_MEAN -> sum;
                    case MEAN_SQRT_LENGTH -> Math.sqrt(sum);
                    case MAX, SUM -> 1;
                };
            }
        }
        return weights;
    }

    // ---------------------------------------------------------------- sequences and graphs

    private A recurrence(Op.Recurrence op) {
        Length length = op.products().rows().length();
        int hidden = columns(op.weight());
        return switch (op.cell()) {
            case GRU -> math.gru(numbers(op.products()), numbers(op.weight()), numbers(op.bias()), padding(length),
                    length(length), hidden, op.reverse());
            case LSTM -> math.lstm(numbers(op.products()), numbers(op.weight()), numbers(op.bias()), padding(length),
                    length(length), hidden, op.reverse());
        };
    }

    /** A sequence's rows are put together as the features of a row are. */
    private A join(Value first, Value second) {
        return math.concat(numbers(first), numbers(second), length(first.rows().length()) * features(first),
                length(second.rows().length()) * features(second));
    }

    private A repeat(Value x, int times) {
        int[] sources = new int[batch * times];
        for (int sequence = 0; sequence < sources.length; sequence++) {
            sources[sequence] = sequence / times;
        }
        return math.gather(numbers(x), sources, length(x.rows().length()) * features(x));
    }

    private int[] chosen(Op.Choose choose) {
        return switch (choose.choice()) {
            case COUNT -> math.counts(numbers(choose.scores()));
            case LARGEST -> math.largestPlaces(numbers(choose.scores()),
                    choose.scores().shape() instanceof Shape.Numbers each
                            ? each.sequences()
                            : features(choose.scores()));
        };
    }

    // ---------------------------------------------------------------- attention

    /** Returns keys or values for each of the heads that attend: some may share one. */
    private A perHead(Value rows, Value pairs) {
        Shape.Rows shape = rows.rows();
        int heads = pairs.pairs().heads();
        if (shape.heads() == heads) {
            return numbers(rows);
        }
        int[] sources = new int[sequences(shape.length()) * heads];
        for (int head = 0; head < sources.length; head++) {
            sources[head] = head / heads * shape.heads() + head % heads / (heads / shape.heads());
        }
        return math.gather(numbers(rows), sources, length(shape.length()) * shape.headDim());
    }

    private A disentangled(Value value, Op.Disentangled relative) {
        Op.Scores scores = (Op.Scores) relative.scores().op();
        return math.disentangled(numbers(relative.scores()), groups(value),
                byBucket(scores.queries(), relative.keyTable(), relative),
                byBucket(scores.keys(), relative.queryTable(), relative), relative.buckets().columns(),
                relative.buckets().count(), places(value, relative.queries()));
    }

    /** Returns what each row of each head makes of each row of a table, {@code [B, heads, L, buckets]}. */
    private A byBucket(Value rows, Value table, Op.Disentangled relative) {
        if (table == null) {
            return null;
        }
        Shape.Rows shape = rows.rows();
        int buckets = relative.buckets().count();
        A heads = math.transpose(numbers(table), 1, buckets, shape.heads(), shape.headDim());
        int[] everySample = new int[batch * shape.heads()];
        for (int head = 0; head < everySample.length; head++) {
            everySample[head] = head % shape.heads();
        }
        Groups groups = new Groups(everySample.length, length(shape.length()), buckets);
        return math.scores(numbers(rows), math.gather(heads, everySample, buckets * shape.headDim()), groups,
                shape.headDim(), relative.scale());
    }

    private A context(Op.Context context) {
        Groups groups = groups(context.attention());
        boolean[] maskedKeys = new boolean[groups.count() * groups.keys()];
        boolean[] maskedQueries = new boolean[groups.count() * groups.queries()];
        if (context.attention().op() instanceof Op.MaskedSoftmax softmax) {
            maskedKeys = maskedKeys(softmax);
            maskedQueries = maskedQueries(softmax);
        }
        return math.context(numbers(context.attention()), perHead(context.values(), context.attention()), groups,
                context.values().rows().headDim(), maskedKeys, maskedQueries);
    }

    private boolean[] maskedQueries(Op.MaskedSoftmax softmax) {
        Groups groups = groups(softmax.scores());
        return maskOfGroups(softmax.queryPadding(), groups.count(), softmax.scores().pairs().heads(), groups.queries(),
                MaskOrder.SAMPLE);
    }

    private boolean[] maskedKeys(Op.MaskedSoftmax softmax) {
        Groups groups = groups(softmax.scores());
        return maskOfGroups(softmax.keyPadding(), groups.count(), softmax.scores().pairs().heads(), groups.keys(),
                softmax.order());
    }

    /** Returns {@code [groups, rows]}: the padding, {@code [B, rows]} or null for none, of the sample of each group. */
    private boolean[] maskOfGroups(Value padding, int groups, int heads, int rows, MaskOrder order) {
        boolean[] mask = new boolean[groups * rows];
        if (padding != null) {
            for (int g = 0; g < groups; g++) {
                int sample = switch (order) {
                    case SAMPLE -> g / heads;
                    case GROUP_MODULO_BATCH -> g % batch;
                };
                System.arraycopy(bits(padding), sample * rows, mask, g * rows, rows);
            }
        }
        return mask;
    }

    private Groups groups(Value pairs) {
        Shape.Pairs shape = pairs.pairs();
        return new Groups(sequences(shape.queries()) * shape.heads(), length(shape.queries()), length(shape.keys()));
    }

    private static int columns(Value matrix) {
        return ((Shape.Matrix) matrix.shape()).columns();
    }

    private static int features(Value rows) {
        return rows.rows().features();
    }

    private int sequences(Length length) {
        return batch * length.sequences();
    }

    private int length(Length length) {
        return length.rows(inputs::length);
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
