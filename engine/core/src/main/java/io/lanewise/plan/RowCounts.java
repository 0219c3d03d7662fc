package io.lanewise.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.lanewise.graph.Length;

/**
 * The rows of a batch, for counting what a plan costs: padded and valid lengths of every sample.
 *
 * @param samples the batch
 * @param paddedLengths by the name of a length, the padded length
 * @param validLengths by the name of a length, the valid rows of each sample
 */
public record RowCounts(int samples, Map<String, Integer> paddedLengths, Map<String, List<Integer>> validLengths) {

    /** Returns the rows of each sequence of a sample that a step over all live rows of a stream touches. */
    public int rows(Stream stream, int sample) {
        return stream.dense() ? padded(stream) : valid(stream, sample);
    }

    /** Returns the padded length of a stream. */
    public int padded(Stream stream) {
        return padded(stream.length());
    }

    int padded(Length length) {
        return length.rows(paddedLengths::get);
    }

    /** Returns the valid rows of each sequence of a sample. */
    public int valid(Stream stream, int sample) {
        return valid(stream.length(), sample);
    }

    /** Returns the valid rows of each sequence of a sample. */
    int valid(Length length, int sample) {
        return length.rows(name -> validLengths.get(name).get(sample));
    }

    /** Returns the counts of some of the samples, in the same padding. */
    public RowCounts where(IntPredicate chosen) {
        List<Integer> kept = IntStream.range(0, samples).filter(chosen).boxed().toList();
        Map<String, List<Integer>> lengths = new HashMap<>();
        validLengths.forEach((name, valid) -> lengths.put(name, kept.stream().map(valid::get).toList()));
        return new RowCounts(kept.size(), paddedLengths, lengths);
    }

    /** Returns the rows of all samples of a dense stream that may be other than zero. */
    long rows(Stream stream, ZeroRows zeros) {
        long rows = 0;
        for (int sample = 0; sample < samples; sample++) {
            rows += zeros.rows(padded(stream), valid(stream, sample));
        }
        return rows;
    }

    /** Returns the rows of all samples that a step over all live rows of a stream touches. */
    public long rows(Stream stream) {
        long rows = 0;
        for (int sample = 0; sample < samples; sample++) {
            rows += rows(stream, sample);
        }
        return rows * stream.sequences();
    }
}
