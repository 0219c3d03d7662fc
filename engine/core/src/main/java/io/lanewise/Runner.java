package io.lanewise;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.memory.Block;
import io.lanewise.plan.Plan;
import io.lanewise.runtime.PlanExecutor;
import io.lanewise.runtime.PreparedPlan;

/** A session for one set of inputs: the door that checks them, and the plan's executor behind it. */
final class Runner implements AutoCloseable {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
        Set<KernelForm> kernels = EnumSet.noneOf(KernelForm.class);
        for (PreparedPlan prepared : all) {
            kernels.addAll(prepared.plan().kernelForms(door.limits()::maxLength));
        }
        this.executor = executor(all);
        try {
            this.outputs = new Outputs(executor.outputs());
            KernelChoice.prepare(kernels, THREADS::getCurrentThreadAllocatedBytes, () -> layOnHugePages(all));
        } catch (Throwable failure) { // nobody else could end its threads
            executor.close();
            throw failure;
        }
    }

    private void layOnHugePages(List<PreparedPlan> plans) {
        for (PreparedPlan plan : plans) {
            plan.layOnHugePages();
        }
        executor.layOnHugePages();
    }

    private PlanExecutor executor(List<PreparedPlan> plans) {
        try {
            return new PlanExecutor(plans, door.limits(), options.threads(), options.emptyAttention().fill());
        } catch (ArithmeticException | OutOfMemoryError tooMuch) {
            throw tooLarge(tooMuch);
        }
    }

    private LanewiseException tooLarge(Throwable tooMuch) {
        return new LanewiseException(
                "a session's limits must fit in the JVM's memory: threads=%d, maxBatch=%d, maxLength=%s, because of: %s"
                        .formatted(options.threads(), options.maxBatch(), door.limits().maxLengths(),
                                tooMuch.getMessage()),
                tooMuch);
    }

    /** Says whether these are the inputs that this runner is for. */
    boolean takes(Inputs inputs) {
        return door.takes(inputs);
    }

    Outputs run(Inputs inputs) {
        int batch = door.check(inputs);
        refuseOwnOutputs();
        try {
            executor.run(batch, door.lengths(), door.data(), door.masks());
        } catch (IllegalStateException e) {
            door.requireMemory(); // may have been freed under the run, of which the JVM says less
            throw e;
        }
        Block.checkGuards();
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

    Duration warmUp(Consumer<WarmUpProgress> progress) {
        try {
            executor.reserveOutputs();
        } catch (ArithmeticException | OutOfMemoryError tooMuch) {
            throw tooLarge(tooMuch);
        }
        return new WarmUp(door, this::run, progress).run();
    }

    long workspaceBytes() {
        return executor.workspaceBytes();
    }

    /** Frees the outputs, unless another thread is at work on one. */
    void freeOutputs() {
        executor.freeOutputs();
    }

    @Override
    public void close() {
        KernelChoice.release();
        executor.close();
    }
}
