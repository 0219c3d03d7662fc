package io.lanewise.runtime;

import java.util.List;

/**
 * Cuts a batch into groups of samples: samples that the same plan suits, as many as the workspace holds. Made anew for each run,
 * without allocating; the workers only read it.
 */
final class BatchCut {

    private final List<StreamRows> streams;
    private final int[] groupRows; // by stream, the most rows of a group
    private final int shorter; // streams whose valid rows tell the plan; equal where there is but one plan
    private final int longer;
    private final int[] order; // [batch]: the samples, those of the first plan first
    private final int[] groupStart; // [groups + 1], into the order
    private int groups;
    private int samplesOfFirstPlan;

    BatchCut(List<StreamRows> streams, Limits limits, int shorter, int longer) {
        this.streams = streams;
        this.groupRows = streams.stream().mapToInt(rows -> limits.groupRows(rows.stream())).toArray();
        this.shorter = shorter;
        this.longer = longer;
        this.order = new int[limits.maxBatch()];
        this.groupStart = new int[limits.maxBatch() + 1];
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
        return shorter == longer || streams.get(shorter).valid(sample) <= streams.get(longer).valid(sample);
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
                rows += streams.get(stream).live(order[i]);
            }
            if (rows > groupRows[stream]) {
                return false;
            }
        }
        return true;
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
