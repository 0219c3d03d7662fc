package io.lanewise.kernels.choice;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

import io.lanewise.kernels.CallSize;
import io.lanewise.kernels.KernelForm;

/**
 * Sizes of calls, by form, as numbers of {@link CallSize}. Any thread may look, and may see late what is new; one at a time adds.
 */
final class CallSizes {

    private final long[][] sizes = new long[KernelForm.values().length][0];

    boolean has(KernelForm form, long size) {
        for (long one : sizes[form.ordinal()]) {
            if (one == size) {
                return true;
            }
        }
        return false;
    }

    int count(KernelForm form) {
        return sizes[form.ordinal()].length;
    }

    /** Adds a size; who sees it sees all that was written before. */
    void add(KernelForm form, long size) {
        long[] known = sizes[form.ordinal()];
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = size;
        VarHandle.releaseFence();
        sizes[form.ordinal()] = more;
    }
}
