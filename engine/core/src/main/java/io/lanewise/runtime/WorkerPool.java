package io.lanewise.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A session's own threads: parked while there is nothing to do, gone when the session is closed. The calling thread works
 * too. One caller at a time.
 */
final class WorkerPool implements AutoCloseable {

    /** What every thread of the pool does once for each {@link #run}. */
    interface Job {
        /** Works until nothing is left; {@code worker} is distinct for each thread, 0 for the caller. */
        void work(int worker);
    }

    private final Thread[] threads;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile int generation;
    private volatile Job job;
    private volatile Thread caller;
    private volatile Throwable failure;
    private volatile boolean closed;

    WorkerPool(int extraThreads) {
        threads = new Thread[extraThreads];
        for (int i = 0; i < extraThreads; i++) {
            int worker = i + 1;
            threads[i] = Thread.ofPlatform().daemon().name("lanewise-worker-" + worker).unstarted(() -> serve(worker));
        }
        try {
            for (Thread thread : threads) {
                thread.start();
            }
        } catch (Throwable noThread) {
            close(); // those that were to be had
            throw noThread;
        }
    }

    /** Runs the job on all threads and returns when all are done; rethrows what one of them threw. */
    void run(Job work) {
        caller = Thread.currentThread();
        failure = null;
        job = work;
        pending.set(threads.length);
        generation++; // one caller at a time
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        attempt(work, 0);
        awaitWorkers();
        job = null;
        rethrow(failure);
    }

    private void awaitWorkers() {
        boolean interrupted = false;
        while (pending.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(int worker) {
        int seen = 0;
        while (!closed) {
            if (generation == seen) {
                LockSupport.park(this);
                Thread.interrupted(); // nobody's message: only close() ends a worker
                continue;
            }
            seen = generation;
            attempt(job, worker);
            if (pending.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private void attempt(Job work, int worker) {
        try {
            work.work(worker);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case null -> {
                // all went well
            }
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
