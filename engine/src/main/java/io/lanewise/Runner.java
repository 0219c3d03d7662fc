package io.lanewise;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

import io.lanewise.plan.Plan;
import io.lanewise.runtime.PlanExecutor;
import io.lanewise.runtime.PreparedPlan;

/** A session for one set of inputs: the door that checks them, and the plan's executor behind it. */
final class Runner implements AutoCloseable {

    private final Door door;
    private final SessionOptions options;
    private final PlanExecutor executor;
    private final Outputs outputs;

    /** Prepares a session for one set of inputs; {@code plans} gives the plan for each order of lengths. */
    Runner(IntFunction<PreparedPlan> plans, SessionOptions options) {
        PreparedPlan first = plans.apply(0);
        Plan plan = first.plan();
        List<PreparedPlan> all = plan.orderMatters() ? List.of(first, plans.apply(1)) : List.of(first);
        this.options = options;
        this.door = new Door(plan, options);
        this.executor = new PlanExecutor(all, door.limits(), options.threads(), options.emptyAttention().fill());
        this.outputs = new Outputs(executor.outputs());
    }

    /** Says whether these are the inputs that this runner is for. */
    boolean takes(Inputs inputs) {
        return door.takes(inputs);
    }

    Outputs run(Inputs inputs) {
        int batch = door.check(inputs);
        refuseOwnOutputs();
        executor.run(batch, door.lengths(), door.data(), door.masks());
        return outputs;
    }

    private void refuseOwnOutputs() {
        for (int i = 0; i < door.data().length; i++) {
            if (executor.overlapsOutput(door.data()[i])) {
                throw new LanewiseException(
                        "an input must not lie in the session's own outputs, copy it first: input=" + door.names()[i]);
            }
        }
    }

    Duration warmUp() {
        return new WarmUp(door, this::run).run();
    }

    long workspaceBytes() {
        return executor.workspaceBytes();
    }

    @Override
    public void close() {
        executor.close();
    }
}
