package io.lanewise.planner;

import java.util.Set;

/**
 * What a plan is made for.
 *
 * @param outputs the results and attention maps that are asked for; none for all results that the graph names
 * @param attention whether the attention maps are among the outputs
 * @param off the names of planner passes that are left out, for ablation and for finding a bug
 */
public record PlannerOptions(Set<String> outputs, boolean attention, Set<String> off) {

    /** Everything on, no attention maps. */
    public static final PlannerOptions DEFAULT = new PlannerOptions(false, Set.of());

    /** Describes a plan for all results. */
    public PlannerOptions(boolean attention, Set<String> off) {
        this(Set.of(), attention, off);
    }

    /** Says whether a pass is on. */
    public boolean on(String pass) {
        return !off.contains(pass);
    }
}
