package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

/**
 * One thing that is done for a group of samples: an immutable description that knows what it reads and writes, and what it costs.
 * It knows nothing of who does it.
 */
public sealed interface Step permits Sweep, PositionsStep, MatMulStep, HeadMatMulStep, CoreStep, ScoresStep,
        SoftmaxStep, ContextStep, EmbedStep, RecurrenceStep, AssociateStep, MapStep, RankPoolStep {

    /** Returns the slots read. */
    List<Slot> reads();

    /** Returns the slots written. */
    List<Slot> writes();

    /** Returns the constants read. */
    default List<? extends ConstantRef> constants() {
        return List.of();
    }

    /** Returns the terms of the graph's ops that the step does. */
    List<String> absorbed();

    /** Returns what the step costs. */
    Cost cost(RowCounts rows);

    /** Returns the rows of the longest sample that the step's tables are for. */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /**
     * Returns what runs call of the kernels, to be compiled as soon as a session opens, given how long a stream may be. What a step does
     * not name is compiled once it was called.
     */
    default Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of();
    }

    /** Says what the step does, in one line. */
    String describe();
}
