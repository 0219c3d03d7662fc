package io.lanewise.plan;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;

/**
 * One of the tables whose rows are summed for a token.
 *
 * @param table {@code [rows, features]}
 * @param index which row
 */
public record Embedding(Constant table, TableIndex index) {

    /** Rows of a table that is always copied into the model's memory. */
    private static final int MOST_COPIED = 64;

    /** Says whether ids choose from more rows than are copied: a vocabulary's may be a gigabyte. */
    boolean isLarge() {
        return index instanceof TableIndex.Given && ((Shape.Matrix) table.shape()).rows() > MOST_COPIED;
    }

    /** Returns the rows of the longest sample that the table is for. */
    int longest() {
        int rows = ((Shape.Matrix) table.shape()).rows();
        return switch (index) {
            case TableIndex.Place(int first) -> rows - first;
            case TableIndex.Counted counted -> rows - counted.padding() - 1;
            case TableIndex.Given _,TableIndex.Same _ -> Integer.MAX_VALUE;
        };
    }

    @Override
    public String toString() {
        return table + "[" + index + "]";
    }
}
