package io.lanewise.plan;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.RowLayout;

/**
 * A weight as a step reads it: packed between two row layouts.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}, or null
 * @param output layout of the rows written
 * @param input layout of the rows read
 */
public record WeightRef(Constant weight, Constant bias, RowLayout output, RowLayout input) implements ConstantRef {

    /** Returns the multiply-adds of one row, padding of the layouts not counted. */
    public long multiplyAddsPerRow() {
        Shape.Matrix shape = (Shape.Matrix) weight.shape();
        return (long) shape.rows() * shape.columns();
    }

    @Override
    public long bytes() {
        return PackedWeight.bytes(output, input);
    }
}
