package io.lanewise.bench.kernels;

import java.util.Map;
import java.util.Optional;

import io.lanewise.memory.Rows;

/** A kernel at a size. Immutable. */
interface KernelCase {

    /** A call with its operands, and where it leaves its result. */
    record Call(Runnable work, Rows result) {}

    /** Returns the kernel's name. */
    String name();

    /** Returns the sizes by name. */
    Map<String, String> params();

    /** Returns the multiply-adds of a call; 0 where the kernel moves bytes rather than multiplies. */
    long multiplyAdds();

    /** Returns how many floats of a row of the result are defined. */
    int columns();

    /** Returns how much two implementations may differ, as a fraction of the largest cell. */
    double allowedError();

    /** Lays the operands out for an implementation. */
    Call prepare(KernelMemory memory);

    /** Returns the same kernel over as many of its rows as slow loops have time for. */
    default KernelCase few() {
        return this;
    }

    /** Returns the plain loops of a reader who knows nothing of layouts, where they differ from the scalar twin. */
    default Optional<NaiveMatMul> naive() {
        return Optional.empty();
    }

    /** Returns the tolerance for sums of so many terms. */
    static double sumOf(int terms) {
        return terms * (double) Math.ulp(1f);
    }
}
