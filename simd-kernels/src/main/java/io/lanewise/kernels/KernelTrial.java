package io.lanewise.kernels;

import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

import io.lanewise.memory.Rows;

/**
 * Calls that bring a form of a kernel to be compiled and show whether it is; made by {@link KernelTrials}, which own the memory.
 *
 * <p>C2 compiles what was called some five thousand times, and until then every vector is an object. So most calls have nothing to do:
 * they count as calls, many at once, and cost next to nothing; the others are what C2 learns from.
 */
public final class KernelTrial {

    /** Calls of a round with nothing to do, of which each counts as some thirty. */
    private static final int IDLE_CALLS = 8;

    private final KernelForm form;
    private final Rows result;
    private final int parts;
    private final IntConsumer call;
    private final IntConsumer idle; // null where a call always has something to do

    /**
     * Describes a trial.
     *
     * @param result where a call leaves its result
     * @param parts calls that together reach everything that is compiled on its own, as far as possible each one thing
     * @param call makes the call of a part, or a few of other sizes and options that reach the same
     * @param idle makes the same calls with nothing to do; null where there are none
     */
    KernelTrial(KernelForm form, Rows result, int parts, IntConsumer call, IntConsumer idle) {
        this.form = form;
        this.result = result;
        this.parts = parts;
        this.call = call;
        this.idle = idle;
    }

    /** Returns what is tried. */
    public KernelForm form() {
        return form;
    }

    /** Returns where a call leaves its result. */
    public Rows result() {
        return result;
    }

    /** Returns how many calls there are that differ. */
    public int parts() {
        return parts;
    }

    /** Makes one of the calls. */
    public void call(int part) {
        call.accept(part);
    }

    /** Makes one of the calls, and some with nothing to do: twenty such rounds are as many calls as C2 waits for. */
    public void round(int part) {
        call.accept(part);
        idle(part);
    }

    /** Makes calls with nothing to do, or with something where there are no others. */
    public void idle(int part) {
        IntConsumer cheapest = idle == null ? call : idle;
        for (int i = 0; i < IDLE_CALLS; i++) {
            cheapest.accept(part);
        }
    }

    /**
     * Makes one of the calls and says whether it allocated nothing.
     *
     * @throws IllegalStateException if the JVM does not measure it, of which a negative number tells
     */
    public boolean isClean(int part, LongSupplier allocatedBytes) {
        long before = allocatedBytes.getAsLong();
        call.accept(part);
        long after = allocatedBytes.getAsLong();
        if (before < 0 || after < 0) {
            throw new IllegalStateException(
                    "the JVM must measure what threads allocate: ThreadMXBean.isThreadAllocatedMemoryEnabled=false");
        }
        return after == before;
    }
}
