package io.lanewise.runtime;

import java.util.Collections;
import java.util.List;

import io.lanewise.plan.Stream;

/**
 * The largest run that a session is ready for.
 *
 * @param maxBatch samples of a run
 * @param maxLengths by stream index, the largest padded length
 */
public record Limits(int maxBatch, List<Integer> maxLengths) {

    /** Packed rows that a weight should be streamed for: below this it is read more often than is worth it. */
    private static final int TARGET_ROWS = 128;

    /** Returns the largest padded length of a stream. */
    public int maxLength(Stream stream) {
        return maxLengths.get(stream.index());
    }

    /** Returns how many rows of a stream a group may hold. */
    int groupRows(Stream stream) {
        return Math.toIntExact((long) groupSamples() * maxLength(stream));
    }

    private int groupSamples() {
        int shortest = maxLengths.isEmpty() ? 1 : Collections.min(maxLengths);
        return Math.clamp(Math.ceilDiv(TARGET_ROWS, shortest), 1, maxBatch);
    }
}
