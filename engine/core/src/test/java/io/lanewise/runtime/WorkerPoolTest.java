package io.lanewise.runtime;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every thread works once a run, whatever the others throw and whoever interrupts; none is left after close. */
class WorkerPoolTest {

    private static final int THREADS = 4;

    private final AtomicIntegerArray runs = new AtomicIntegerArray(THREADS);

    private void assertRunsOnAllThreads(WorkerPool pool) {
        int[] expected = new int[THREADS];
        for (int worker = 0; worker < THREADS; worker++) {
            expected[worker] = runs.get(worker) + 1;
        }
        pool.run(runs::incrementAndGet);
        int[] actual = new int[THREADS];
        Arrays.setAll(actual, runs::get);
        assertArrayEquals(expected, actual);
    }

    @Test
    void shouldHaveEachThreadWorkOnceARun() {
        try (WorkerPool pool = new WorkerPool(THREADS - 1)) {
            for (int run = 0; run < 1000; run++) {
                assertRunsOnAllThreads(pool);
            }
        }
    }

    @Test
    void shouldRethrowWhatAnyThreadThrewAndGoOn() {
        try (WorkerPool pool = new WorkerPool(THREADS - 1)) {
            for (int thrower = 0; thrower < THREADS; thrower++) {
                int chosen = thrower;
                for (Throwable thrown : new Throwable[]{new IllegalStateException(), new StackOverflowError()}) {
                    assertSame(thrown, assertThrows(thrown.getClass(), () -> pool.run(worker -> {
                        if (worker == chosen) {
                            throwUnchecked(thrown);
                        }
                    })));
                    assertRunsOnAllThreads(pool);
                }
            }
        }
    }

    private static void throwUnchecked(Throwable thrown) {
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            default -> throw (Error) thrown;
        }
    }

    @Test
    void shouldWaitForAllWhenOneThrows() {
        try (WorkerPool pool = new WorkerPool(THREADS - 1)) {
            CountDownLatch thrown = new CountDownLatch(1);
            assertThrows(ArithmeticException.class, () -> pool.run(worker -> {
                if (worker == 0) {
                    thrown.countDown();
                    throw new ArithmeticException();
                }
                await(thrown);
                runs.incrementAndGet(worker);
            }));
            assertEquals(1, runs.get(1));
            assertEquals(1, runs.get(2));
            assertEquals(1, runs.get(3));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLeaveAnInterruptToTheCaller() {
        try (WorkerPool pool = new WorkerPool(THREADS - 1)) {
            Thread caller = Thread.currentThread();
            pool.run(worker -> {
                caller.interrupt();
                runs.incrementAndGet(worker);
            });
            assertTrue(Thread.interrupted());
            assertFalse(Thread.interrupted());
            assertRunsOnAllThreads(pool);
        }
    }

    @Test
    void shouldNotBeStoppedByInterruptedWorkers() {
        try (WorkerPool pool = new WorkerPool(THREADS - 1)) {
            for (int run = 0; run < 100; run++) {
                pool.run(_ -> Thread.currentThread().interrupt());
                assertTrue(Thread.interrupted());
                assertRunsOnAllThreads(pool);
            }
        }
    }

    @Test
    void shouldEndItsThreadsEvenIfTheCallerIsInterrupted() {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        WorkerPool pool = new WorkerPool(THREADS - 1);
        pool.run(worker -> {
            if (worker > 0) {
                threads.add(Thread.currentThread());
            }
        });
        Thread.currentThread().interrupt();
        pool.close();
        assertTrue(Thread.interrupted());
        assertEquals(THREADS - 1, threads.size());
        threads.forEach(thread -> assertFalse(thread.isAlive()));
    }
}
