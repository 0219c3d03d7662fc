package io.lanewise.runtime;

import java.util.concurrent.locks.LockSupport;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A pool's workers see what the caller wrote before a run, and the caller what they wrote in it, through plain fields; each has
 * worked once. Meanwhile another thread wakes the caller for no reason.
 */
@JCStressTest
@Outcome(id = "42, 42, 1, 1", expect = Expect.ACCEPTABLE, desc = "Both workers answered the question, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A write was not seen, or a worker did not work once.")
@State
public class PoolHandOff {

    private static final WorkerPool POOL = new WorkerPool(2); // for one caller at a time, as there is in a JVM of jcstress

    private final int[] answers = new int[3]; // by worker, 0 is the caller
    private final int[] runs = new int[3];
    private int question;
    private volatile Thread caller;

    /** Runs the pool. */
    @Actor
    public void run(IIII_Result result) {
        caller = Thread.currentThread();
        question = 42;
        POOL.run(worker -> {
            answers[worker] = question;
            runs[worker]++;
        });
        result.r1 = answers[1];
        result.r2 = answers[2];
        result.r3 = runs[1];
        result.r4 = runs[2];
    }

    /** Wakes the caller. */
    @Actor
    public void wake() {
        LockSupport.unpark(caller);
    }
}
