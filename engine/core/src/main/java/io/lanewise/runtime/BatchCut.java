package io.lanewise.runtime;

import java.util.List;

import io.lanewise.graph.Length;
import io.lanewise.plan.LengthOrder;

/**
 * Cuts a batch into groups of samples: samples that the same plan suits, as many as the workspace holds. Made anew for each run,
 * without allocating; the workers only read it.
 */
final class BatchCut {

    private final List<StreamRows> streams;
    private final int[] groupRows; // by stream, the most rows of a group
    private final LengthOrder firstPlan; // which samples the first plan is for; null where it is for all
    private final int shorter; // the streams whose valid rows tell
    private final int longer;
    private final int[] order; // [batch]: the samples, those of the first plan first
    private final int[] groupStart; // [groups + 1], into the order
    private int groups;
    private int samplesOfFirstPlan;

    BatchCut(List<StreamRows> streams, Limits limits, LengthOrder firstPlan) {
        this.streams = streams;
        this.groupRows = streams.stream().mapToInt(rows -> limits.groupRows(rows.stream())).toArray();
        this.firstPlan = firstPlan;
        this.shorter = firstPlan == null ? 0 : stream(firstPlan.shorter());
        this.longer = firstPlan == null ? 0 : stream(firstPlan.longer());
        this.order = new int[limits.maxBatch()];
        this.groupStart = new int[limits.maxBatch() + 1];
    }

    private int stream(Length length) {
        return streams.stream().map(StreamRows::stream).filter(stream -> stream.length().equals(length)).findFirst()
                .orElseThrow().index();
    }

    void run(int batch) {
        int placed = 0;
        for (int sample = 0; sample < batch; sample++) {
            if (suitsFirstPlan(sample)) {
                order[placed++] = sample;
            }
        }
        samplesOfFirstPlan = placed;
        for (int sample = 0; sample < batch; sample++) {
            if (!suitsFirstPlan(sample)) {
                order[placed++] = sample;
            }
        }
        groups = 0;
        cut(0, samplesOfFirstPlan);
        cut(samplesOfFirstPlan, batch);
        groupStart[groups] = batch;
    }

    private boolean suitsFirstPlan(int sample) {
        return firstPlan == null
                || firstPlan.suits(streams.get(shorter).valid(sample), streams.get(longer).valid(sample));
    }

    private void cut(int from, int to) {
        for (int i = from; i < to;) {
            groupStart[groups++] = i;
            do {
                i++;
            } while (i < to && fits(groupStart[groups - 1], i));
        }
    }

    private boolean fits(int first, int last) {
        for (int stream = 0; stream < streams.size(); stream++) {
            int rows = 0;
            for (int i = first; i <= last; i++) {
                rows += rows(stream, order[i]);
            }
            if (rows > groupRows[stream]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the rows of all sequences of a sample. */
    int rows(int stream, int sample) {
        int each = streams.get(stream).stream().sequences();
        int rows = 0;
        for (int sequence = sample * each; sequence < (sample + 1) * each; sequence++) {
            rows += streams.get(stream).live(sequence);
        }
        return rows;
    }

    /** Says whether any sample is for the second plan. */
    boolean needsSecondPlan(int batch) {
        return samplesOfFirstPlan < batch;
    }

    int groups() {
        return groups;
    }

    /** Returns the plan of a group: 0 for the first, 1 for the second. */
    int plan(int group) {
        return groupStart[group] < samplesOfFirstPlan ? 0 : 1;
    }

    int[] order() {
        return order;
    }

    int start(int group) {
        return groupStart[group];
    }

    int samples(int group) {
        return groupStart[group + 1] - groupStart[group];
    }
}
