package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;

import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Rows;

/** Copies features from rows of one layout to rows of another, in the longest runs that are contiguous in both. */
final class RowCopy {

    private final int[] fromFloats;
    private final int[] toFloats;
    private final int[] runFloats;

    /**
     * Prepares to copy all features of {@code from}, so that they become features {@code firstFeature …} of {@code to}.
     */
    RowCopy(RowLayout to, int firstFeature, RowLayout from) {
        int[] starts = new int[from.features() + 1];
        int runs = 0;
        for (int feature = 0; feature < from.features(); feature++) {
            boolean joined = feature > 0 && from.column(feature) == from.column(feature - 1) + 1
                    && to.column(firstFeature + feature) == to.column(firstFeature + feature - 1) + 1;
            if (!joined) {
                starts[runs++] = feature;
            }
        }
        starts[runs] = from.features();
        fromFloats = new int[runs];
        toFloats = new int[runs];
        runFloats = new int[runs];
        for (int run = 0; run < runs; run++) {
            fromFloats[run] = from.column(starts[run]);
            toFloats[run] = to.column(firstFeature + starts[run]);
            runFloats[run] = starts[run + 1] - starts[run];
        }
    }

    /** Copies the selected rows; unused floats of the destination are left as they are. */
    void run(Rows to, Rows from) {
        for (int row = 0; row < from.count(); row++) {
            copy(to.segment(), to.firstByte() + (long) row * to.stride() * Float.BYTES, from.segment(),
                    from.firstByte() + (long) row * from.stride() * Float.BYTES);
        }
    }

    /** Copies one row between two places. */
    void copy(MemorySegment to, long toByte, MemorySegment from, long fromByte) {
        for (int run = 0; run < runFloats.length; run++) {
            MemorySegment.copy(from, fromByte + (long) fromFloats[run] * Float.BYTES, to,
                    toByte + (long) toFloats[run] * Float.BYTES, (long) runFloats[run] * Float.BYTES);
        }
    }
}
