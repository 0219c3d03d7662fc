package io.lanewise.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.memory.Block;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RowCounts;
import io.lanewise.plan.Stream;

/** A session's threads, bound to one plan: each with a workspace of its own, and all together with the first one's buffers. */
final class PlanWorkers {

    /**
     * Multiply-adds of a group from which on several threads are worth waking. On a machine with little else to do, two of them
     * finish 8 M of self-attention 1.4 times as fast in the best round and no faster in the median, 14 M of co-attention 1.4 times
     * in the median, 48 M of self-attention 1.8 times.
     */
    private static final long LEAST_SHARED = 8_000_000;

    private final Worker[] workers; // by thread
    private final Worker[] jointWorkers; // by thread; the first is the same
    private final JointRun joint; // null with one thread
    private final long[] multiplyAddsPerRow; // by stream

    PlanWorkers(PreparedPlan prepared, Limits limits, List<StreamRows> streams, Map<String, OutputTensor> outputs,
            float emptyAttention, Block[] blocks) {
        Plan plan = prepared.plan();
        WorkspaceLayout layout = WorkspaceLayout.of(plan, limits);
        this.workers = new Worker[blocks.length];
        this.jointWorkers = new Worker[blocks.length];
        for (int thread = 0; thread < blocks.length; thread++) {
            Workspace alone = new Workspace(layout, prepared.constants(), outputs, emptyAttention,
                    blocks[thread].segment(), blocks[thread].segment());
            Workspace together = new Workspace(layout, prepared.constants(), outputs, emptyAttention,
                    blocks[0].segment(), blocks[thread].segment());
            workers[thread] = new Worker(plan, alone, streams, limits, outputs);
            jointWorkers[thread] = thread == 0 ? workers[0] : new Worker(plan, together, streams, limits, outputs);
        }
        this.joint = blocks.length == 1 ? null : new JointRun(plan.steps().size(), blocks.length);
        this.multiplyAddsPerRow = plan.streams().stream()
                .mapToLong(stream -> stream.isTold() ? multiplyAddsPerRow(plan, stream) / stream.sequences() : 0)
                .toArray();
    }

    private static long multiplyAddsPerRow(Plan plan, Stream one) {
        Map<String, Integer> padded = new HashMap<>();
        Map<String, List<Integer>> valid = new HashMap<>();
        for (Stream stream : plan.streams()) {
            padded.put(stream.length().name(), stream == one ? 1 : 0);
            valid.put(stream.length().name(), List.of(stream == one ? 1 : 0));
        }
        return plan.cost(new RowCounts(1, padded, valid)).multiplyAdds();
    }

    /** Says whether a group is large enough for all threads to work on it together. */
    boolean isWorthSharing(BatchCut cut, int group) {
        if (joint == null) {
            return false;
        }
        long multiplyAdds = 0;
        for (int i = cut.start(group); i < cut.start(group) + cut.samples(group); i++) {
            for (int stream = 0; stream < multiplyAddsPerRow.length; stream++) {
                multiplyAdds += cut.rows(stream, cut.order()[i]) * multiplyAddsPerRow[stream];
            }
        }
        return multiplyAdds >= LEAST_SHARED;
    }

    /** Returns a thread's worker with buffers of its own. */
    Worker worker(int thread) {
        return workers[thread];
    }

    /** Returns a thread's worker on the buffers that all share. */
    Worker jointWorker(int thread) {
        return jointWorkers[thread];
    }

    /** Returns the run of all threads on one group. */
    JointRun joint() {
        return joint;
    }
}
