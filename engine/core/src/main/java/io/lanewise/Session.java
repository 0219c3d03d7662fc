package io.lanewise;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs a model. Owns the workspace, allocated once for the stated maximum, and the memory of its outputs.
 *
 * <p>For one caller at a time: a second caller gets an exception, not a wrong answer. Sessions of one model are independent.
 * After {@link #warmUp()} a run allocates nothing, unless a shared arena is closed meanwhile, a caller's or that of another session
 * or model: the JVM then finishes what each thread computes at that moment without its compiled code, where vectors are objects.
 *
 * <p>Must be closed: a session that is merely forgotten keeps its threads, which are daemons, its memory and its model until the JVM
 * ends. A run cannot be called off: an interrupt leaves it as it is and stays set for the caller.
 */
public final class Session implements AutoCloseable {

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int CLOSED = 2;

    private final Model model;
    private final SessionOptions options;
    private final Map<Set<String>, Runner> runners = new HashMap<>();
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private Runner current;

    Session(Model model, SessionOptions options) {
        this.model = model;
        this.options = options;
        current = runner(options.inputs().isEmpty() ? Set.copyOf(model.requiredInputs()) : options.inputs());
    }

    private Runner runner(Set<String> inputs) {
        return runners.computeIfAbsent(inputs,
                given -> new Runner(order -> model.prepare(given, options.planner(), order), options));
    }

    /**
     * Runs the layer.
     *
     * <p>A run that brings other inputs than the one before it (a {@code value} besides the {@code key}, say) is planned anew,
     * once; name them in {@link SessionOptions#inputs} to have that done when the session opens.
     *
     * <p>Whatever it throws, the session is as usable as before, unless it is closed.
     *
     * @return the results, the session's own until its next run
     * @throws LanewiseException if an input is missing, unknown or does not fit; nothing has been computed then
     * @throws IllegalStateException if the session is closed, another thread is running it, or the memory of an input was freed,
     *         before the run or under it
     */
    public Outputs run(Inputs inputs) {
        begin();
        try {
            if (!current.takes(inputs)) {
                Set<String> names = names(inputs);
                model.requireInputs(names);
                current = runner(names);
            }
            return current.run(inputs);
        } finally {
            state.set(IDLE);
        }
    }

    /** Runs texts; otherwise as {@link #run(Inputs)}. */
    public Outputs runTokens(TokenBatch tokens) {
        return run(tokens.inputs());
    }

    private static Set<String> names(Inputs inputs) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            names.add(inputs.get(i).name());
        }
        return names;
    }

    /**
     * Waits until the session is as fast as it gets; otherwise as {@link #warmUp(Consumer)}.
     */
    public Duration warmUp() {
        return warmUp(_ -> {});
    }

    /**
     * Makes room for the outputs of the largest run that the session is for, waits until the kernels are compiled that its runs call,
     * and all others that sessions of this JVM have needed so far, however long that takes, and then runs the layer on made-up inputs
     * of many lengths until they allocate nothing, for ten seconds at most: the first real run then takes hardly longer than any other.
     * Without a warm-up a run has the same bits, and is slower as long as scalar loops take the place of kernels.
     *
     * <p>A kernel that does not come to be compiled, in a minute for each of a few copies of its classes, stays a scalar loop, which
     * the last progress tells, and {@link Lanewise#describe}. An interrupt ends the waiting, and stays set.
     *
     * @param progress is told about once a second, and at the end, by the calling thread; it counts the kernels of the whole JVM
     * @return how long it took
     * @throws LanewiseException if there is no memory for outputs of that size; smaller runs are possible
     * @throws IllegalStateException if the session is closed or another thread is running it
     */
    public Duration warmUp(Consumer<WarmUpProgress> progress) {
        Objects.requireNonNull(progress, "progress");
        begin();
        try {
            return current.warmUp(progress);
        } finally {
            state.set(IDLE);
        }
    }

    /** Returns the bytes of the workspaces, of which there is one a thread; outputs and weights are not counted. */
    public long workspaceBytes() {
        return current.workspaceBytes();
    }

    private void begin() {
        if (!state.compareAndSet(IDLE, RUNNING)) {
            throw new IllegalStateException(state.get() == CLOSED
                    ? "a session must not be used after it is closed: layer=" + model.layer()
                    : "a session runs for one thread at a time: layer=" + model.layer() + ", thread="
                            + Thread.currentThread().getName());
        }
    }

    /**
     * Frees the workspace and the outputs, and ends the session's threads. Closing twice is allowed, also at once: whichever call
     * returns, all is done.
     *
     * @throws IllegalStateException if the session is running, or another thread is at work on an output, such as writing it to
     *         a channel; it then stays open
     */
    @Override
    public synchronized void close() {
        int before = state.compareAndExchange(IDLE, CLOSED);
        if (before == IDLE) {
            freeOutputs();
            runners.values().forEach(Runner::close);
            model.sessionClosed();
        } else if (before == RUNNING) {
            throw new IllegalStateException("a session must not be closed while it runs: layer=" + model.layer());
        }
    }

    /** Goes first, as the one thing that can fail: then nothing has been taken from the session yet. */
    private void freeOutputs() {
        try {
            runners.values().forEach(Runner::freeOutputs);
        } catch (IllegalStateException inUse) {
            state.set(IDLE);
            throw inUse;
        }
    }
}
