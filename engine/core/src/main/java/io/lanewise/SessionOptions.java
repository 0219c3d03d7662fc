package io.lanewise;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.lanewise.planner.Planner;
import io.lanewise.planner.PlannerOptions;

/**
 * What a session is to be ready for. Immutable: each method returns new options.
 *
 * @param threads threads that work on a run, the caller's included; 1 by default
 * @param maxBatch the largest batch; 128 by default
 * @param maxLength the largest padded length of inputs without one of their own; 512 by default
 * @param maxLengths by input, its largest padded length
 * @param emptyAttention what a query without any key attends to; nothing by default
 * @param attention whether attention maps are among the outputs; not by default
 * @param inputs the inputs that runs will bring; empty for the required ones alone
 * @param outputs the results that are wanted, also those that come only when asked for, and attention maps by name; empty for the
 *        usual ones
 * @param weights how the weights of linear layers are kept; exactly by default. Sessions of a model that keep them alike share them
 * @param plannerPassesOff names of planner passes to leave out, for ablation and for finding a bug
 */
public record SessionOptions(int threads, int maxBatch, int maxLength, Map<String, Integer> maxLengths,
        EmptyAttention emptyAttention, boolean attention, Set<String> inputs, Set<String> outputs,
        WeightStorage weights, Set<String> plannerPassesOff) {

    private static final int MOST_THREADS = 1024;

    /**
     * Checks the options.
     *
     * @throws LanewiseException if one is out of range
     */
    public SessionOptions {
        atLeastOne("threads", threads);
        atLeastOne("maxBatch", maxBatch);
        atLeastOne("maxLength", maxLength);
        maxLengths.forEach((input, length) -> atLeastOne("maxLength of " + input, length));
        if (threads > MOST_THREADS) {
            throw new LanewiseException("threads must be at most " + MOST_THREADS + ": threads=" + threads);
        }
        for (String pass : plannerPassesOff) {
            if (!Planner.passNames().contains(pass)) {
                throw new LanewiseException("planner pass must be one of " + Planner.passNames() + ": pass=" + pass);
            }
        }
        Objects.requireNonNull(weights, "weights");
        maxLengths = Map.copyOf(maxLengths);
        inputs = Set.copyOf(inputs);
        outputs = Set.copyOf(outputs);
        plannerPassesOff = Set.copyOf(plannerPassesOff);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new LanewiseException(name + " must be at least 1: " + name + "=" + value);
        }
    }

    /** Returns options for one thread, batches up to 128 and lengths up to 512. */
    public static SessionOptions defaults() {
        return new SessionOptions(1, 128, 512, Map.of(), EmptyAttention.ZERO, false, Set.of(), Set.of(),
                WeightStorage.EXACT, Set.of());
    }

    /**
     * Sets how many threads work on a run, the caller's included: on groups of samples where there are enough, else on the rows
     * and heads of one group, if it is large. The bits of the results do not depend on it.
     */
    public SessionOptions threads(int count) {
        return new SessionOptions(count, maxBatch, maxLength, maxLengths, emptyAttention, attention, inputs, outputs,
                weights, plannerPassesOff);
    }

    /** Sets the largest batch. */
    public SessionOptions maxBatch(int samples) {
        return new SessionOptions(threads, samples, maxLength, maxLengths, emptyAttention, attention, inputs, outputs,
                weights, plannerPassesOff);
    }

    /** Sets the largest padded length of every input that has none of its own. */
    public SessionOptions maxLength(int rows) {
        return new SessionOptions(threads, maxBatch, rows, maxLengths, emptyAttention, attention, inputs, outputs,
                weights, plannerPassesOff);
    }

    /** Sets the largest padded length of one input. */
    public SessionOptions maxLength(String input, int rows) {
        Map<String, Integer> more = new HashMap<>(maxLengths);
        more.put(input, rows);
        return new SessionOptions(threads, maxBatch, maxLength, more, emptyAttention, attention, inputs, outputs,
                weights, plannerPassesOff);
    }

    /** Sets what a query attends to when all its keys are padding. */
    public SessionOptions emptyAttention(EmptyAttention policy) {
        return new SessionOptions(threads, maxBatch, maxLength, maxLengths, policy, attention, inputs, outputs,
                weights, plannerPassesOff);
    }

    /** Sets whether all attention maps are among the outputs; one alone is asked for by its name, with {@link #outputs}. */
    public SessionOptions attention(boolean wanted) {
        return new SessionOptions(threads, maxBatch, maxLength, maxLengths, emptyAttention, wanted, inputs, outputs,
                weights, plannerPassesOff);
    }

    /** Sets the inputs that runs will bring, where that is more than the required ones. */
    public SessionOptions inputs(String... names) {
        return new SessionOptions(threads, maxBatch, maxLength, maxLengths, emptyAttention, attention, Set.of(names),
                outputs,
                weights, plannerPassesOff);
    }

    /** Sets the results that are wanted: others are not computed, nor what they alone would need. */
    public SessionOptions outputs(String... names) {
        return new SessionOptions(threads, maxBatch, maxLength, maxLengths, emptyAttention, attention, inputs,
                Set.of(names), weights, plannerPassesOff);
    }

    /** Sets how the weights of linear layers are kept. */
    public SessionOptions weights(WeightStorage storage) {
        return new SessionOptions(threads, maxBatch, maxLength, maxLengths, emptyAttention, attention, inputs, outputs,
                storage, plannerPassesOff);
    }

    /** Switches planner passes off. */
    public SessionOptions without(String... plannerPasses) {
        Set<String> off = new HashSet<>(plannerPassesOff);
        off.addAll(List.of(plannerPasses));
        return new SessionOptions(threads, maxBatch, maxLength, maxLengths, emptyAttention, attention, inputs, outputs,
                weights, off);
    }

    PlannerOptions planner() {
        return new PlannerOptions(outputs, attention, weights.storageOrNull(), plannerPassesOff);
    }
}
