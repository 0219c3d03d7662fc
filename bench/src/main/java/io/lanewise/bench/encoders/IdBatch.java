package io.lanewise.bench.encoders;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Texts of one length, as ids. The arrays are neither copied nor written to.
 *
 * @param ids {@code [texts][tokens]}
 * @param types which of two texts each token belongs to, likewise; null where all belong to the first
 */
public record IdBatch(int[][] ids, int[][] types) {

    /** Returns how many texts there are. */
    public int texts() {
        return ids.length;
    }

    /** Returns the tokens of each. */
    public int tokens() {
        return ids[0].length;
    }

    /** Returns all ids in a row, text by text. */
    public int[] flat() {
        return flat(ids);
    }

    /** Returns all type ids in a row; null where there are none. */
    public int[] flatTypes() {
        return types == null ? null : flat(types);
    }

    private static int[] flat(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(IntStream::of).toArray();
    }
}
