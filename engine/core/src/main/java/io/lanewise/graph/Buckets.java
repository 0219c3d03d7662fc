package io.lanewise.graph;

import java.util.Arrays;

/**
 * Which column of a table of relative positions belongs to a distance. Immutable by agreement: nobody writes to {@code columns}.
 *
 * @param columns the column for each distance {@code query − key}, from {@code −(n − 1)} to {@code n − 1}
 * @param count how many columns the table has
 */
public record Buckets(int[] columns, int count) {

    /** Returns where the column of distance 0 stands. */
    public int center() {
        return columns.length / 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets buckets && count == buckets.count && Arrays.equals(columns, buckets.columns);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(columns);
    }

    @Override
    public String toString() {
        return count + " buckets";
    }
}
