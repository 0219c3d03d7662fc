package io.lanewise.runtime;

import io.lanewise.plan.Plan;

/**
 * A plan with its constants packed. Immutable; shared by all sessions of a model, which owns it.
 *
 * @param plan what is done
 * @param constants what its kernels read
 */
public record PreparedPlan(Plan plan, PackedConstants constants) implements AutoCloseable {

    /** Packs a plan's constants. */
    public static PreparedPlan of(Plan plan) {
        return new PreparedPlan(plan, new PackedConstants(plan));
    }

    /** Has the constants laid on huge pages, where there are any. May be called beside runs, and beside {@link #close}. */
    public void layOnHugePages() {
        constants.layOnHugePages();
    }

    @Override
    public void close() {
        constants.close();
    }
}
