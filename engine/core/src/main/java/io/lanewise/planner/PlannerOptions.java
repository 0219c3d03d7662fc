package io.lanewise.planner;

import java.util.Set;

/**
 * What a plan is made for.
 *
 * @param attention whether the attention maps are among the outputs
 * @param off the names of planner passes that are left out, for ablation and for finding a bug
 */
public record PlannerOptions(boolean attention, Set<String> off) {

    /** Everything on, no attention maps. */
    public static final PlannerOptions DEFAULT = new PlannerOptions(false, Set.of());

    /** Says whether a pass is on. */
    public boolean on(String pass) {
        return !off.contains(pass);
    }
}
