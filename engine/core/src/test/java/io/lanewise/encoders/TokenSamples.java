package io.lanewise.encoders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.lanewise.Inputs;
import io.lanewise.Tensor;
import io.lanewise.TokenBatch;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;

/**
 * Samples of tokens, from which batches of any order and padding are made.
 *
 * @param ids of each sample, as long as it is
 * @param types of each sample, or null where the model has none
 */
record TokenSamples(int[][] ids, int[][] types) {

    /** What stands where there is padding: no table has such a row. */
    private static final int RUBBISH = 1_000_000_000;

    /** Reads a case's samples. */
    static TokenSamples of(EncoderCase golden) {
        try (SafetensorsFile file = SafetensorsFile.open(golden.folder().resolve("input.safetensors"))) {
            TensorInfo tokens = file.find("input_ids").orElseThrow();
            int length = tokens.shape().get(1).intValue();
            long[] mask = file.longs(file.find("attention_mask").orElseThrow());
            int[] lengths = IntStream.range(0, tokens.shape().getFirst().intValue())
                    .map(s -> (int) Arrays.stream(mask, s * length, (s + 1) * length).sum()).toArray();
            return new TokenSamples(rows(file.longs(tokens), length, lengths), file.find("token_type_ids")
                    .map(types -> rows(file.longs(types), length, lengths)).orElse(null));
        }
    }

    /** Makes random samples of given lengths. */
    static TokenSamples random(int vocabulary, long seed, int... lengths) {
        Random random = new Random(seed);
        return new TokenSamples(IntStream.of(lengths).mapToObj(length -> random.ints(length, 4, vocabulary).toArray())
                .toArray(int[][]::new), null);
    }

    private static int[][] rows(long[] cells, int length, int[] lengths) {
        return IntStream.range(0, lengths.length)
                .mapToObj(s -> Arrays.stream(cells, s * length, s * length + lengths[s])
                        .mapToInt(Math::toIntExact).toArray())
                .toArray(int[][]::new);
    }

    int count() {
        return ids.length;
    }

    int longest() {
        return Arrays.stream(ids).mapToInt(sample -> sample.length).max().orElseThrow();
    }

    /** Returns the names of the inputs. */
    String[] names() {
        return types == null ? new String[]{"input_ids"} : new String[]{"input_ids", "token_type_ids"};
    }

    /** Returns all samples, one after the other. */
    int[] all() {
        return IntStream.range(0, count()).toArray();
    }

    /** Returns so many samples in a random order, some of them several times. */
    int[] shuffled(int batch, long seed) {
        return new Random(seed).ints(batch, 0, count()).toArray();
    }

    /** Returns some samples, padded behind to the longest of them and by some more rows. */
    Inputs padded(int more, int... order) {
        return inputs(longest(order) + more, false, order);
    }

    /** Returns some samples, padded before. */
    Inputs leftPadded(int more, int... order) {
        return inputs(longest(order) + more, true, order);
    }

    /** Returns some samples as ids without any padding. */
    TokenBatch batch(int... order) {
        TokenBatch batch = new TokenBatch(order.length, types != null);
        batch.set(ids, types, order, 0, order.length);
        return batch;
    }

    private int longest(int... order) {
        return IntStream.of(order).map(sample -> ids[sample].length).max().orElseThrow();
    }

    private Inputs inputs(int length, boolean left, int... order) {
        int[] paddedIds = filled(order.length * length);
        int[] paddedTypes = filled(order.length * length);
        List<boolean[]> valid = new ArrayList<>();
        for (int s = 0; s < order.length; s++) {
            int count = ids[order[s]].length;
            int first = left ? length - count : 0;
            System.arraycopy(ids[order[s]], 0, paddedIds, s * length + first, count);
            if (types != null) {
                System.arraycopy(types[order[s]], 0, paddedTypes, s * length + first, count);
            }
            boolean[] rows = new boolean[length];
            Arrays.fill(rows, first, first + count, true);
            valid.add(rows);
        }
        Inputs inputs = Inputs.none().andMasked("input_ids", Tensor.ids(paddedIds, order.length, length),
                valid.toArray(boolean[][]::new));
        return types == null ? inputs : inputs.and("token_type_ids", Tensor.ids(paddedTypes, order.length, length));
    }

    private static int[] filled(int cells) {
        int[] filled = new int[cells];
        Arrays.fill(filled, RUBBISH);
        return filled;
    }
}
