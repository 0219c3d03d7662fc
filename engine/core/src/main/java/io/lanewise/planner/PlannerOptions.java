package io.lanewise.planner;

import java.util.Set;

import io.lanewise.kernels.Storage;

/**
 * What a plan is made for.
 *
 * @param outputs the results and attention maps that are asked for; none for all results that the graph names
 * @param attention whether the attention maps are among the outputs
 * @param weights how linear layers' weights are stored; null for as they are known to be: BF16 where all numbers are, else floats
 * @param off the names of planner passes that are left out, for ablation and for finding a bug
 */
public record PlannerOptions(Set<String> outputs, boolean attention, Storage weights, Set<String> off) {

    /** Everything on, no attention maps. */
    public static final PlannerOptions DEFAULT = new PlannerOptions(false, Set.of());

    /** Describes a plan for all results. */
    public PlannerOptions(boolean attention, Set<String> off) {
        this(Set.of(), attention, null, off);
    }

    /** Says whether a pass is on. */
    public boolean on(String pass) {
        return !off.contains(pass);
    }
}
