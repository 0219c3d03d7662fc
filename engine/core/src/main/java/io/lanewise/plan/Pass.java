package io.lanewise.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One fused pass over a group of rows: the projections before an attention core, the core, and what becomes of its context
 * while the rows are still in cache.
 *
 * @param name what it is, for people
 * @param prologue the steps before the core
 * @param core scores, mask, softmax and context in one; null for a pass over rows alone
 * @param epilogue the steps after it
 */
public record Pass(String name, List<Step> prologue, CoreStep core, List<Step> epilogue) {

    /** Returns all steps in order. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>(prologue);
        if (core != null) {
            steps.add(core);
        }
        steps.addAll(epilogue);
        return steps;
    }

    /** Returns the ops that the pass does, in order. */
    public List<String> absorbed() {
        return steps().stream().map(Step::absorbed).flatMap(List::stream).toList();
    }

    /** Returns what the pass costs. */
    public Cost cost(RowCounts rows) {
        return Stream.of(prologue, core == null ? List.<Step>of() : List.<Step>of(core), epilogue).flatMap(List::stream)
                .map(step -> step.cost(rows)).reduce(Cost.NONE, Cost::plus);
    }
}
