package io.lanewise;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.lanewise.memory.Block;
import io.lanewise.plan.Plan;
import io.lanewise.plan.Slot;
import io.lanewise.runtime.Limits;
import io.lanewise.runtime.PlanExecutor;
import io.lanewise.runtime.PreparedPlan;

/** A session for one set of inputs: the door that checks them, and the plan's executor behind it. */
final class Runner implements AutoCloseable {

    private static final int WARM_UP_SAMPLES = 8;
    private static final Duration WARM_UP_LEAST = Duration.ofMillis(500);
    private static final Duration WARM_UP_MOST = Duration.ofSeconds(5);

    private final Plan plan;
    private final Door door;
    private final SessionOptions options;
    private final PlanExecutor executor;
    private final Outputs outputs;

    /** Prepares a session for one set of inputs; {@code plans} gives the plan for each order of lengths. */
    Runner(IntFunction<PreparedPlan> plans, SessionOptions options) {
        PreparedPlan first = plans.apply(0);
        this.plan = first.plan();
        this.options = options;
        this.door = new Door(plan, options);
        this.executor = new PlanExecutor(first, plan.orderMatters() ? () -> plans.apply(1) : null, door.limits(),
                options.threads(),
                options.emptyAttention().fill());
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

    // ---------------------------------------------------------------- warm-up

    Duration warmUp() {
        Inputs inputs = madeUp();
        long start = System.nanoTime();
        long best = Long.MAX_VALUE;
        int sinceBest = 0;
        Duration spent = Duration.ZERO;
        while (spent.compareTo(WARM_UP_LEAST) < 0 || sinceBest < 10 && spent.compareTo(WARM_UP_MOST) < 0) {
            long before = System.nanoTime();
            run(inputs);
            long time = System.nanoTime() - before;
            sinceBest = time < best * 0.95 ? 0 : sinceBest + 1;
            best = Math.min(best, time);
            spent = Duration.ofNanos(System.nanoTime() - start);
        }
        return spent;
    }

    private Inputs madeUp() {
        Limits limits = door.limits();
        Slot[] slots = door.slots();
        int batch = Math.min(limits.maxBatch(), WARM_UP_SAMPLES);
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Inputs inputs = Inputs.none();
        for (int i = 0; i < slots.length; i++) {
            int length = limits.maxLength(slots[i].stream());
            int features = slots[i].layout().features();
            float[] floats = new float[batch * length * features];
            for (int j = 0; j < floats.length; j++) {
                floats[j] = (float) random.nextGaussian();
            }
            boolean tellsPadding = door.names()[i].equals(slots[i].stream().source());
            int[] full = tellsPadding ? IntStream.generate(() -> length).limit(batch).toArray() : new int[0];
            inputs.and(door.names()[i], Tensor.copyOf(floats, batch, length, features), full);
        }
        return inputs;
    }

    long workspaceBytes() {
        return PlanExecutor.workspaceBytes(plan, door.limits(), options.threads());
    }

    @Override
    public void close() {
        executor.close();
    }
}
