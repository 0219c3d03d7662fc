package io.lanewise.layers;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * The chunks of a Block, and its weights for chunks of equal size: shorter chunks get features of zeros, which add nothing to any sum.
 *
 * @param weights of the Block
 * @param sizes the features of each chunk
 * @param rank products that are summed for each feature
 */
record Chunks(LayerWeights weights, List<Integer> sizes, int rank) {

    private static final int MOST_CHUNKS = 1024;

    /** What every JVM can allocate, given the heap. */
    private static final int MOST_CELLS = Integer.MAX_VALUE - 8;

    /** Finds the chunks by the shapes of the weights. */
    static Chunks of(LayerScope block) {
        LayerWeights weights = block.weights();
        int count = weights.parts("merge_linears0");
        if (count < 1 || count > MOST_CHUNKS) {
            throw new LanewiseException("there must be weights merge_linears0.0.weight, …, at most %d: found=%d"
                    .formatted(MOST_CHUNKS, count));
        }
        List<Integer> sizes = new ArrayList<>();
        for (int chunk = 0; chunk < count; chunk++) {
            sizes.add(weights.size("merge_linears0." + chunk, 1));
        }
        int features = weights.size("linear0", 0);
        int rank = weights.size("merge_linears0.0", 0) / sizes.getFirst();
        long sum = sizes.stream().mapToLong(Integer::longValue).sum();
        if (sum != features || rank < 1) {
            throw new LanewiseException(
                    "chunks must be all rows of linear0: rows=%d, columns of merge_linears0=%s, rank=%d"
                            .formatted(features, sizes, rank));
        }
        block.config().confirm("mm_dim", features);
        block.config().confirm("chunks", count);
        block.config().confirm("rank", rank);
        Chunks chunks = new Chunks(weights, List.copyOf(sizes), rank);
        chunks.requireLittlePadding();
        LayerScope.allowed("merge_linears0", (long) chunks.size() * rank);
        LayerScope.allowed("linear0", (long) chunks.size() * count);
        return chunks;
    }

    /** Published chunks are of one size but for the last: zeros are fewer than features, and take no more memory than these. */
    private void requireLittlePadding() {
        if ((long) size() * count() > 2L * features()) {
            throw new LanewiseException("chunks must be of about one size: rows of linear0=%d, chunks=%d, largest=%d"
                    .formatted(features(), count(), size()));
        }
    }

    /** Returns an array for so many rows that a weight has once zeros are there. */
    private static float[] cells(String name, long rows, int columns) {
        if (rows > MOST_CELLS / columns) {
            throw new LanewiseException("a weight must have at most %d numbers: %s has %d rows of %d".formatted(
                    MOST_CELLS, name, rows, columns));
        }
        return new float[Math.toIntExact(rows) * columns];
    }

    int count() {
        return sizes.size();
    }

    /** Returns the features of the largest chunk: as many as all have once zeros are there. */
    int size() {
        return sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    private int features() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    private boolean areEqual() {
        return sizes.stream().allMatch(size -> size == size());
    }

    // ---------------------------------------------------------------- projections

    /** Returns the projection of one side, {@code [chunks · size, in]}. */
    Value first(int side, int in) {
        Value linear = weights.matrix("linear" + side, features(), in);
        return areEqual()
                ? linear
                : made(linear.constant().name(), new Shape.Matrix(count() * size(), in), spread(linear, in));
    }

    Value firstBias(int side) {
        Value bias = weights.vector("linear" + side + ".bias", features());
        return areEqual() ? bias : made(bias.constant().name(), new Shape.Vector(count() * size()), spread(bias, 1));
    }

    /** Returns rows of so many cells with each chunk's at the place of equal chunks. */
    private float[] spread(Value rows, int cells) {
        float[] from = rows.constant().values();
        float[] to = cells(rows.constant().name(), (long) count() * size(), cells);
        int first = 0;
        for (int chunk = 0; chunk < count(); chunk++) {
            System.arraycopy(from, first * cells, to, chunk * size() * cells, sizes.get(chunk) * cells);
            first += sizes.get(chunk);
        }
        return to;
    }

    /** Returns the last projection, {@code [out, chunks · size]}. */
    Value last(int out) {
        Value linear = weights.matrix("linear_out", out, features());
        if (areEqual()) {
            return linear;
        }
        float[] from = linear.constant().values();
        float[] to = cells("linear_out", (long) out * count(), size());
        for (int row = 0; row < out; row++) {
            int first = row * features();
            for (int chunk = 0; chunk < count(); chunk++) {
                System.arraycopy(from, first, to, (row * count() + chunk) * size(), sizes.get(chunk));
                first += sizes.get(chunk);
            }
        }
        return made(linear.constant().name(), new Shape.Matrix(out, count() * size()), to);
    }

    // ---------------------------------------------------------------- ranks

    /** Returns the products of one side's chunks one below the other, each {@code [rank · size, size]}. */
    Value merges(int side) {
        int size = size();
        List<float[]> merges = new ArrayList<>(); // all that there are before there is room for them: a file may lack most
        for (int chunk = 0; chunk < count(); chunk++) {
            int own = sizes.get(chunk);
            merges.add(weights.matrix(name(side, chunk), own * rank, own).constant().values());
        }
        float[] all = cells("merge_linears" + side, (long) count() * rank * size, size);
        for (int chunk = 0; chunk < count(); chunk++) {
            int own = sizes.get(chunk);
            for (int row = 0; row < own * rank; row++) {
                System.arraycopy(merges.get(chunk), row * own, all, place(chunk, row) * size, own);
            }
        }
        return made("merge_linears" + side, new Shape.Matrix(count() * rank * size, size), all);
    }

    Value mergeBiases(int side) {
        float[] all = new float[count() * rank * size()];
        for (int chunk = 0; chunk < count(); chunk++) {
            int rows = sizes.get(chunk) * rank;
            float[] values = weights.vector(name(side, chunk) + ".bias", rows).constant().values();
            for (int row = 0; row < rows; row++) {
                all[place(chunk, row)] = values[row];
            }
        }
        return made("merge_linears" + side + ".bias", new Shape.Vector(all.length), all);
    }

    private static String name(int side, int chunk) {
        return "merge_linears" + side + "." + chunk;
    }

    /** Returns where a row of a chunk's weight stands among all: rank by rank, each as long as the largest chunk. */
    private int place(int chunk, int row) {
        int own = sizes.get(chunk);
        return (chunk * rank + row / own) * size() + row % own;
    }

    private Value made(String name, Shape shape, float[] values) {
        return weights.made(new Constant(name, shape, values));
    }

    // ---------------------------------------------------------------- results

    /** Lays chunks of equal size end to end without their zeros. */
    Value endToEnd(LayerScope layer, Value chunks) {
        if (areEqual()) {
            return chunks;
        }
        Value all = null;
        for (int chunk = 0; chunk < count(); chunk++) {
            Value own = layer.add(new Op.Slice(chunks, chunk * size(), sizes.get(chunk)));
            all = all == null ? own : layer.concat(all, own);
        }
        return all;
    }
}
