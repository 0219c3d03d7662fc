package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;

/** Which steps read what others wrote before them; steps are named by their place in a list. */
final class Dataflow {

    private final List<List<Integer>> needed = new ArrayList<>();
    private final List<List<Integer>> followers = new ArrayList<>();

    Dataflow(List<Step> steps) {
        Map<Slot, List<Integer>> writers = new HashMap<>();
        for (int place = 0; place < steps.size(); place++) {
            List<Integer> before = new ArrayList<>();
            for (Slot slot : steps.get(place).reads()) {
                before.addAll(writers.getOrDefault(slot, List.of()));
                if (slot.within() != null) {
                    before.addAll(writers.getOrDefault(slot.within(), List.of()));
                }
            }
            needed.add(before);
            followers.add(new ArrayList<>());
            for (int writer : before) {
                followers.get(writer).add(place);
            }
            for (Slot slot : steps.get(place).writes()) {
                writers.computeIfAbsent(slot, _ -> new ArrayList<>()).add(place);
            }
        }
    }

    /** Returns the places of the steps that wrote what a step reads. */
    List<Integer> neededBy(int place) {
        return needed.get(place);
    }

    /** Returns the places of the steps that read what a step wrote. */
    List<Integer> followersOf(int place) {
        return followers.get(place);
    }
}
