package io.lanewise.plan;

import java.util.List;

import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Workspace;

/** One thing that is done for a group of samples: an immutable description that knows its cost and how to be bound. */
public interface Step {

    /** Returns the slots read. */
    List<Slot> reads();

    /** Returns the slots written. */
    List<Slot> writes();

    /** Returns the terms of the graph's ops that the step does. */
    List<String> absorbed();

    /** Returns what the step costs. */
    Cost cost(RowCounts rows);

    /** Says what the step does, in one line. */
    String describe();

    /** Prepares the step for a workspace: every view that a run needs is made here. */
    BoundStep bind(Workspace workspace);
}
