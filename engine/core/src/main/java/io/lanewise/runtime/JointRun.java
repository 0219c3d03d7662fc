package io.lanewise.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Several threads at one group of samples: step by step, each step in parts that go to whoever asks first, so that nobody
 * waits for a thread that has not woken up. The next step begins when every part of this one is done.
 *
 * <p>Made for batches too small to give each thread a group. The caller alone packs inputs and unpacks outputs: their memory
 * may be for its thread only.
 */
final class JointRun {

    /** How long a thread watches the others before it lets the operating system run somebody else. */
    private static final int SPINS = 20_000;

    private final Part[] parts;
    private final AtomicIntegerArray taken; // by step, the parts given out
    private final AtomicIntegerArray done; // by step, the parts that are ready
    private final int steps;
    private volatile boolean packed;
    private volatile boolean failed;

    /** Prepares runs of so many steps by so many threads. */
    JointRun(int steps, int threads) {
        this.parts = Part.of(threads);
        this.taken = new AtomicIntegerArray(steps);
        this.done = new AtomicIntegerArray(steps);
        this.steps = steps;
    }

    /** Forgets the run before. Nobody may be at work. */
    void begin() {
        packed = false;
        failed = false;
        for (int step = 0; step < steps; step++) {
            taken.set(step, 0);
            done.set(step, 0);
        }
    }

    /** Packs, does the caller's share of every step, and unpacks. */
    void lead(Worker worker, TensorData[] data) {
        try {
            worker.pack(data);
            packed = true;
            if (share(worker)) {
                worker.unpack();
            }
        } catch (RuntimeException | Error thrown) {
            failed = true;
            throw thrown;
        }
    }

    /** Does another thread's share of every step; gives up when one of the others failed. */
    void help(Worker worker) {
        try {
            for (int spin = 0; !packed; spin++) {
                if (failed) {
                    return;
                }
                pause(spin);
            }
            share(worker);
        } catch (RuntimeException | Error thrown) {
            failed = true;
            throw thrown;
        }
    }

    /** Returns false when it gave up. */
    private boolean share(Worker worker) {
        for (int step = 0; step < steps; step++) {
            for (int part = taken.getAndIncrement(step); part < parts.length; part = taken.getAndIncrement(step)) {
                worker.run(step, parts[part]);
                done.incrementAndGet(step);
            }
            for (int spin = 0; done.get(step) < parts.length; spin++) {
                if (failed) {
                    return false;
                }
                pause(spin);
            }
        }
        return true;
    }

    private static void pause(int spin) {
        if (spin < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
