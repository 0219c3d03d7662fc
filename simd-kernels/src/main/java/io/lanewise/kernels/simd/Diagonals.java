package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import io.lanewise.memory.Rows;

import static io.lanewise.kernels.simd.SimdShape.LANES;
import static io.lanewise.kernels.simd.SimdShape.ORDER;
import static io.lanewise.kernels.simd.SimdShape.SPECIES;
import static io.lanewise.memory.unchecked.AddressSpace.ADDRESS;
import static io.lanewise.memory.unchecked.AddressSpace.ALL;

/**
 * Scores by the distance of query and key: each row meets the same values, one further on than the row before.
 *
 * <p>Hidden are whole vectors, which may start anywhere; cell by cell it took four times as long on 128 × 512 scores.
 */
final class Diagonals {

    private Diagonals() {}

    static void add(Rows scores, int keys, Rows diagonals, int first) {
        int bytes = SimdShape.vectorBytes(keys);
        long rows = scores.address();
        long values = diagonals.address();
        for (int r = 0; r < scores.count(); r++) {
            long row = rows + r * scores.strideBytes();
            RowArithmetic.add(row, row, values + (long) (first - r) * Float.BYTES, bytes);
        }
    }

    static void mask(Rows scores, int keys, int firstQuery, int before, int after) {
        long rows = scores.address();
        for (int r = 0; r < scores.count(); r++) {
            long row = rows + r * scores.strideBytes();
            long query = (long) firstQuery + r;
            int from = (int) Math.clamp(query - before, 0L, (long) keys);
            int to = (int) Math.clamp(query + after + 1, (long) from, (long) keys);
            hide(row, 0, from);
            hide(row, to, keys);
        }
    }

    /** Sets the cells of a row from one to before another: whole vectors, then the rest. */
    private static void hide(long address, int from, int to) {
        long row = address & ADDRESS;
        FloatVector hidden = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        int end = to - (to - from) % LANES;
        for (int cell = from; cell < end; cell += LANES) {
            hidden.intoMemorySegment(ALL, row + Integer.toUnsignedLong(cell) * Float.BYTES, ORDER);
        }
        Cells.set(row, end, to, Float.NEGATIVE_INFINITY);
    }
}
