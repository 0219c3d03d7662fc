package io.lanewise.runtime;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.lanewise.plan.Stream;

/**
 * The largest run that a session is ready for.
 *
 * @param maxBatch samples of a run
 * @param maxLengths by stream index, the largest padded length
 * @param groupRows by stream index, how many rows a group of samples may hold
 */
public record Limits(int maxBatch, List<Integer> maxLengths, List<Integer> groupRows) {

    /** Packed rows that a weight should be streamed for: below this it is read more often than is worth it. */
    private static final int TARGET_ROWS = 128;

    /** Sets limits for streams of many rows. */
    public Limits(int maxBatch, List<Integer> maxLengths) {
        this(maxBatch, maxLengths, groupRows(maxBatch, maxLengths, maxLengths));
    }

    /** Sets limits; where there is one row a sample, a group holds as many samples as it may of other rows. */
    public static Limits of(List<Stream> streams, int maxBatch, List<Integer> maxLengths) {
        List<Integer> many = IntStream.range(0, streams.size()).filter(index -> !streams.get(index).isOne())
                .mapToObj(maxLengths::get).toList();
        List<Integer> rows = groupRows(maxBatch, many, maxLengths);
        int most = IntStream.range(0, streams.size()).filter(index -> !streams.get(index).isOne()).map(rows::get).max()
                .orElse(1);
        return new Limits(maxBatch, maxLengths, IntStream.range(0, streams.size())
                .mapToObj(index -> streams.get(index).isOne() ? Math.min(maxBatch, most) : rows.get(index)).toList());
    }

    private static List<Integer> groupRows(int maxBatch, List<Integer> tellingLengths, List<Integer> lengths) {
        int shortest = tellingLengths.isEmpty() ? 1 : Collections.min(tellingLengths);
        int samples = Math.clamp(Math.ceilDiv(TARGET_ROWS, shortest), 1, maxBatch);
        return lengths.stream().map(length -> Math.multiplyExact(samples, length)).toList();
    }

    /** Returns the largest padded length of a stream. */
    public int maxLength(Stream stream) {
        return maxLengths.get(stream.index());
    }

    /** Returns how many rows of a stream a group may hold. */
    int groupRows(Stream stream) {
        return groupRows.get(stream.index());
    }
}
