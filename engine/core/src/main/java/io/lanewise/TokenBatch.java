package io.lanewise;

import java.util.Arrays;

import io.lanewise.runtime.GrowingIds;

/**
 * Texts as ids, each as long as it is, for runs of a model that takes {@code input_ids}. Filled again for every run without
 * allocating, once it has held as many. Not thread-safe; must not change while a session runs it.
 */
public final class TokenBatch {

    private final GrowingIds ids = new GrowingIds();
    private final GrowingIds types = new GrowingIds();
    private final long[] shape = {0, 0};
    private final int[] lengths;
    private final Inputs inputs = Inputs.none();

    /**
     * Makes an empty batch.
     *
     * @param maxTexts the most texts of a run
     * @param withTypes whether {@code token_type_ids} are given, too
     */
    public TokenBatch(int maxTexts, boolean withTypes) {
        if (maxTexts < 1) {
            throw new LanewiseException("maxTexts must be at least 1: maxTexts=" + maxTexts);
        }
        lengths = new int[maxTexts];
        inputs.add(new Inputs.Entry("input_ids", Tensor.ofChangingIds(ids, shape), null, null,
                (sample, row) -> row >= lengths[sample]));
        if (withTypes) {
            inputs.add(new Inputs.Entry("token_type_ids", Tensor.ofChangingIds(types, shape), null, null, null));
        }
    }

    /**
     * Takes texts.
     *
     * @param ofTexts the ids of each
     * @param ofTypes the type ids of each, as many; null where types are not given
     * @param order which of them, by their places in the arrays
     * @param from the first place in the order
     * @param count how many
     * @throws LanewiseException if they are more than the batch is for, or types are missing or not as many
     */
    public void set(int[][] ofTexts, int[][] ofTypes, int[] order, int from, int count) {
        boolean withTypes = inputs.size() > 1;
        if (count < 1 || count > lengths.length || withTypes != (ofTypes != null)) {
            throw new LanewiseException("texts must fit the batch: texts=%d, maxTexts=%d, types=%b, expected types=%b"
                    .formatted(count, lengths.length, ofTypes != null, withTypes));
        }
        int longest = 0;
        for (int text = 0; text < count; text++) {
            lengths[text] = ofTexts[order[from + text]].length;
            longest = Math.max(longest, lengths[text]);
        }
        shape[0] = count;
        shape[1] = longest;
        write(ids, ofTexts, order, from, count, longest);
        if (withTypes) {
            write(types, ofTypes, order, from, count, longest);
        }
    }

    private void write(GrowingIds to, int[][] ofTexts, int[] order, int from, int count, int longest) {
        to.reserve((long) count * longest);
        for (int text = 0; text < count; text++) {
            int[] of = ofTexts[order[from + text]];
            if (of.length != lengths[text]) {
                throw new LanewiseException("types must be as many as ids: text=%d, ids=%d, types=%d"
                        .formatted(text, lengths[text], of.length));
            }
            to.write((long) text * longest, of, of.length);
        }
    }

    /** Returns the length of each text, for messages. */
    @Override
    public String toString() {
        return "texts of " + Arrays.toString(Arrays.copyOf(lengths, (int) shape[0])) + " tokens";
    }

    Inputs inputs() {
        return inputs;
    }
}
