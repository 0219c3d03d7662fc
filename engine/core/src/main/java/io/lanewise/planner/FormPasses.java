package io.lanewise.planner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.lanewise.plan.CoreStep;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Step;

/**
 * Groups steps into passes. An attention core draws what it needs before it into its prologue, and what its context becomes,
 * up to the next norm, into its epilogue; other rows form passes that end with their norm.
 *
 * <p>Steps are found by what they read and write, never by searching the list: a stack takes time in proportion to its layers.
 */
final class FormPasses {

    private final List<Step> steps;
    private final Dataflow flow;
    private final BitSet placed = new BitSet();
    private final List<Pass> passes = new ArrayList<>();

    private FormPasses(List<Step> steps) {
        this.steps = steps;
        this.flow = new Dataflow(steps);
    }

    static List<Pass> of(List<Step> steps) {
        FormPasses forming = new FormPasses(steps);
        for (int place = 0; place < steps.size(); place++) {
            if (steps.get(place) instanceof CoreStep core) {
                forming.placeAround(place, core);
            }
        }
        forming.placeRows(
                IntStream.range(0, steps.size()).filter(place -> !forming.placed.get(place)).boxed().toList());
        return List.copyOf(forming.passes);
    }

    private void placeAround(int place, CoreStep core) {
        List<Integer> prologue = List.copyOf(needed(place).headSet(place));
        // rows that were already due before this core's own projections, such as a feed-forward, are passes of their own
        int firstProjection = afterLastNorm(prologue);
        placeRows(prologue.subList(0, firstProjection));
        List<Step> before = placed(prologue.subList(firstProjection, prologue.size()));
        placed.set(place);
        passes.add(new Pass("attention", before, core, epilogueOf(place)));
    }

    private int afterLastNorm(List<Integer> prologue) {
        int after = prologue.size();
        while (after > 0 && !(steps.get(prologue.get(after - 1)) instanceof NormStep)) {
            after--;
        }
        return after;
    }

    /** Returns, in order, a step and all that must run before it and has no place yet. */
    private NavigableSet<Integer> needed(int place) {
        NavigableSet<Integer> needed = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(place));
        while (!open.isEmpty()) {
            int next = open.pop();
            if (!placed.get(next) && needed.add(next)) {
                open.addAll(flow.neededBy(next));
            }
        }
        return needed;
    }

    /** Follows each context until a norm, or until something reads it that is not rows alone. */
    private List<Step> epilogueOf(int core) {
        List<Step> epilogue = new ArrayList<>();
        NavigableSet<Integer> reached = new TreeSet<>(flow.followersOf(core));
        int norms = 0;
        while (!reached.isEmpty() && norms < steps.get(core).writes().size()) {
            int next = reached.removeFirst();
            if (placed.get(next)) {
                continue;
            }
            NavigableSet<Integer> needed = needed(next);
            if (needed.stream().anyMatch(place -> steps.get(place) instanceof CoreStep)) {
                break;
            }
            epilogue.addAll(placed(needed));
            reached.addAll(flow.followersOf(next));
            norms += steps.get(next) instanceof NormStep ? 1 : 0;
        }
        return epilogue;
    }

    /** Marks steps as placed and returns them. */
    private List<Step> placed(Collection<Integer> places) {
        places.forEach(placed::set);
        return places.stream().map(steps::get).toList();
    }

    private void placeRows(List<Integer> places) {
        List<Step> open = new ArrayList<>();
        for (Step step : placed(places)) {
            open.add(step);
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
