package io.lanewise.plan;

import java.util.List;
import java.util.Map;

/**
 * The rows of a batch, for counting what a plan costs: padded and valid lengths of every sample.
 *
 * @param samples the batch
 * @param paddedLengths by the name of a length, the padded length
 * @param validLengths by the name of a length, the valid rows of each sample
 */
public record RowCounts(int samples, Map<String, Integer> paddedLengths, Map<String, List<Integer>> validLengths) {

    /** Returns the rows of a sample that a step over all live rows of a stream touches. */
    public int rows(Stream stream, int sample) {
        return stream.dense() ? padded(stream) : valid(stream, sample);
    }

    /** Returns the padded length of a stream. */
    public int padded(Stream stream) {
        return paddedLengths.get(stream.length().name());
    }

    /** Returns the valid rows of a sample. */
    public int valid(Stream stream, int sample) {
        return validLengths.get(stream.length().name()).get(sample);
    }

    /** Returns the rows of all samples that a step over all live rows of a stream touches. */
    public long rows(Stream stream) {
        long rows = 0;
        for (int sample = 0; sample < samples; sample++) {
            rows += rows(stream, sample);
        }
        return rows;
    }
}
