package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.lanewise.plan.AttendStep;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;

/** Joins two attentions in opposite directions: the scores of one are those of the other, transposed. */
final class PairAttends {

    private PairAttends() {}

    static List<Step> of(List<Step> steps) {
        for (int first = 0; first < steps.size(); first++) {
            for (int second = first + 1; second < steps.size(); second++) {
                if (steps.get(first) instanceof AttendStep rows && steps.get(second) instanceof AttendStep columns
                        && areOpposite(rows, columns)) {
                    Set<Step> before = needed(steps, second);
                    if (!before.contains(rows)) {
                        return of(paired(steps, first, second, before));
                    }
                }
            }
        }
        return steps;
    }

    private static boolean areOpposite(AttendStep rows, AttendStep columns) {
        return rows.heads().count() == 1 && columns.heads().count() == 1 && rows.queries().equals(columns.keys())
                && rows.keys().equals(columns.queries()) && rows.scale() == columns.scale()
                && !rows.queries().stream().equals(rows.keys().stream());
    }

    /** Returns all steps that must have run before one. */
    private static Set<Step> needed(List<Step> steps, int place) {
        Set<Step> needed = new HashSet<>();
        Set<Slot> wanted = new HashSet<>(steps.get(place).reads());
        for (int i = place - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.writes().stream().anyMatch(wanted::contains)) {
                needed.add(step);
                wanted.addAll(step.reads());
            }
        }
        return needed;
    }

    /** Puts the pair where its first half was, and what the second half needs before it. */
    private static List<Step> paired(List<Step> steps, int first, int second, Set<Step> before) {
        List<Step> between = steps.subList(first + 1, second);
        List<Step> paired = new ArrayList<>(steps.subList(0, first));
        between.stream().filter(before::contains).forEach(paired::add);
        paired.add(new CoAttendStep((AttendStep) steps.get(first), (AttendStep) steps.get(second)));
        between.stream().filter(step -> !before.contains(step)).forEach(paired::add);
        paired.addAll(steps.subList(second + 1, steps.size()));
        return paired;
    }
}
