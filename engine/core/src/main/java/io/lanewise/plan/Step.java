package io.lanewise.plan;

import java.util.List;

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
    List<? extends ConstantRef> constants();

    /** Returns the terms of the graph's ops that the step does. */
    List<String> absorbed();

    /** Returns what the step costs. */
    Cost cost(RowCounts rows);

    /** Returns the rows of the longest sample that the step's tables are for. */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /** Says what the step does, in one line. */
    String describe();
}
