package io.lanewise.kernels;

import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

import io.lanewise.memory.Rows;

/**
 * A kernel to be run until it is compiled; made by {@link KernelTrials}, which owns the memory.
 *
 * @param name the kernel, for people
 * @param result where a call leaves its result
 * @param call calls the kernel, given the number of the call, on which sizes and options depend
 */
public record KernelTrial(String name, Rows result, IntConsumer call) {

    private static final int BATCH = 300;
    private static final int CLEAN_BATCHES = 3;

    /**
     * Runs the kernel until a few batches of calls in a row have allocated nothing.
     *
     * @param allocatedBytes returns what the calling thread has allocated so far
     * @param patience how long to wait for the compiler
     * @return whether it came to that in time
     */
    public boolean settles(LongSupplier allocatedBytes, Duration patience) {
        long start = System.nanoTime();
        int clean = 0;
        while (clean < CLEAN_BATCHES && System.nanoTime() - start < patience.toNanos()) {
            long before = allocatedBytes.getAsLong();
            for (int run = 0; run < BATCH; run++) {
                call.accept(run);
            }
            clean = allocatedBytes.getAsLong() == before ? clean + 1 : 0;
        }
        return clean == CLEAN_BATCHES;
    }
}
