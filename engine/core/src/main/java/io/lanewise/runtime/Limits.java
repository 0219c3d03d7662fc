package io.lanewise.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.lanewise.plan.Plan;
import io.lanewise.plan.RecurrenceStep;
import io.lanewise.plan.Step;
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

    /** Sequences that the weight of a recurrence should be streamed for at each step. */
    private static final int TARGET_SEQUENCES = 64;

    /** Rows of a group that is made larger for a recurrence: more would take much memory for little. */
    private static final int MOST_ROWS = 8192;

    /** Sets limits for a plan; where there is one row a sample, a group holds as many samples as it may of other rows. */
    public static Limits of(Plan plan, int maxBatch, List<Integer> maxLengths) {
        List<Stream> streams = plan.streams();
        List<Integer> rows = new ArrayList<>(); // of a sample
        List<Integer> many = new ArrayList<>(); // of those, where a sample may have more than one
        for (Stream stream : streams) {
            rows.add(Math.multiplyExact(stream.sequences(), maxLengths.get(rows.size())));
            if (!stream.isOne()) {
                many.add(rows.getLast());
            }
        }
        int samples = samples(maxBatch, many);
        if (hasRecurrence(plan)) {
            samples = Math.max(samples, samplesOfRecurrence(maxBatch, many));
        }
        int most = many.isEmpty() ? TARGET_ROWS : Math.multiplyExact(samples, Collections.max(many));
        List<Integer> groupRows = new ArrayList<>();
        for (Stream stream : streams) {
            int ofGroup = stream.isOne() ? Math.min(maxBatch, most) : samples;
            groupRows.add(Math.multiplyExact(rows.get(groupRows.size()), ofGroup));
        }
        return new Limits(maxBatch, maxLengths, groupRows);
    }

    private static boolean hasRecurrence(Plan plan) {
        for (Step step : plan.steps()) {
            if (step instanceof RecurrenceStep) {
                return true;
            }
        }
        return false;
    }

    private static int samplesOfRecurrence(int maxBatch, List<Integer> rows) {
        return Math.clamp(MOST_ROWS / Collections.max(rows), 1, Math.min(maxBatch, TARGET_SEQUENCES));
    }

    private static int samples(int maxBatch, List<Integer> tellingLengths) {
        int shortest = tellingLengths.isEmpty() ? 1 : Collections.min(tellingLengths);
        return Math.clamp(Math.ceilDiv(TARGET_ROWS, shortest), 1, maxBatch);
    }

    /** Returns the largest padded length of a stream. */
    public int maxLength(Stream stream) {
        return maxLengths.get(stream.index());
    }

    /** Returns how many rows of a stream a group may hold. */
    int groupRows(Stream stream) {
        return groupRows.get(stream.index());
    }

    /** Returns how many sequences of a stream a group may hold: each has at least one row. */
    int groupSequences(Stream stream) {
        return Math.min(Math.multiplyExact(maxBatch, stream.sequences()), groupRows(stream));
    }
}
