package io.lanewise.plan;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Block;

/**
 * A table as a step reads it: its rows in the layout of those that they meet.
 *
 * @param table {@code [rows, features]}, or {@code [features]}: a table of one row
 * @param layout where the features of a row stand
 */
public record TableRef(Constant table, RowLayout layout) implements ConstantRef {

    /** Returns how many rows there are. */
    public int rows() {
        return table.shape() instanceof Shape.Matrix matrix ? matrix.rows() : 1;
    }

    @Override
    public long bytes() {
        return Block.roundUp((long) rows() * layout.stride() * Float.BYTES, Block.ALIGNMENT);
    }
}
