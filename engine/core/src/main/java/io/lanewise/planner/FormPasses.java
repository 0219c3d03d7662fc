package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

import io.lanewise.plan.CoreStep;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;

/**
 * Groups steps into passes. An attention core draws what it needs before it into its prologue, and what its context becomes,
 * up to the next norm, into its epilogue; other rows form passes that end with their norm.
 */
final class FormPasses {

    private final List<Step> steps;
    private final Map<Slot, List<Step>> writers = new HashMap<>();
    private final Set<Step> placed = new HashSet<>();
    private final List<Pass> passes = new ArrayList<>();

    private FormPasses(List<Step> steps) {
        this.steps = steps;
        for (Step step : steps) {
            step.writes().forEach(slot -> writers.computeIfAbsent(slot, _ -> new ArrayList<>()).add(step));
        }
    }

    static List<Pass> of(List<Step> steps) {
        FormPasses forming = new FormPasses(steps);
        for (Step step : steps) {
            if (step instanceof CoreStep core) {
                forming.placeAround(core);
            }
        }
        forming.placeRows(steps.stream().filter(step -> !forming.placed.contains(step)).toList());
        return List.copyOf(forming.passes);
    }

    private void placeAround(CoreStep core) {
        SequencedSet<Step> prologue = new LinkedHashSet<>();
        collectNeeded(core, prologue);
        // rows that were already due before this core's own projections, such as a feed-forward, are passes of their own
        int firstProjection = afterLastNorm(prologue);
        placeRows(List.copyOf(prologue).subList(0, firstProjection));
        List<Step> before = List.copyOf(prologue).subList(firstProjection, prologue.size());
        placed.addAll(before);
        placed.add(core);
        List<Step> epilogue = epilogueOf(core);
        passes.add(new Pass("attention", before, core, epilogue));
    }

    private static int afterLastNorm(SequencedSet<Step> steps) {
        int place = 0;
        int after = 0;
        for (Step step : steps) {
            place++;
            if (step instanceof NormStep) {
                after = place;
            }
        }
        return after;
    }

    /** Collects, in the order of the steps, all that must run before a step and has no place yet. */
    private void collectNeeded(Step step, SequencedSet<Step> needed) {
        Set<Step> wanted = new HashSet<>();
        collect(step, wanted);
        wanted.remove(step);
        steps.stream().filter(wanted::contains).forEach(needed::add);
    }

    private void collect(Step step, Set<Step> wanted) {
        if (placed.contains(step) || !wanted.add(step)) {
            return;
        }
        for (Slot slot : step.reads()) {
            writers.getOrDefault(slot, List.of()).stream().filter(writer -> steps.indexOf(writer) < steps.indexOf(step))
                    .forEach(writer -> collect(writer, wanted));
        }
    }

    /** Follows each context until a norm, or until something reads it that is not rows alone. */
    private List<Step> epilogueOf(CoreStep core) {
        List<Step> epilogue = new ArrayList<>();
        Set<Slot> reached = new HashSet<>(core.writes());
        int norms = 0;
        for (Step step : steps.subList(steps.indexOf(core) + 1, steps.size())) {
            boolean follows = !placed.contains(step) && step.reads().stream().anyMatch(reached::contains);
            if (!follows) {
                continue;
            }
            SequencedSet<Step> needed = new LinkedHashSet<>();
            collectNeeded(step, needed);
            if (step instanceof CoreStep || needed.stream().anyMatch(CoreStep.class::isInstance)) {
                break;
            }
            needed.add(step);
            epilogue.addAll(needed);
            placed.addAll(needed);
            reached.addAll(step.writes());
            if (step instanceof NormStep && ++norms == core.writes().size()) {
                break;
            }
        }
        return epilogue;
    }

    private void placeRows(List<Step> rows) {
        List<Step> open = new ArrayList<>();
        for (Step step : rows) {
            open.add(step);
            placed.add(step);
            if (step instanceof NormStep) {
                passes.add(new Pass("rows", List.of(), null, List.copyOf(open)));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            passes.add(new Pass("rows", List.of(), null, List.copyOf(open)));
        }
    }
}
