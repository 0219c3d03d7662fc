package io.lanewise.plan;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.RowLayout;
import io.lanewise.kernels.Storage;

/**
 * A weight as a step reads it: packed between two row layouts.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}, or null
 * @param output layout of the rows written
 * @param input layout of the rows read
 * @param storage how its numbers are stored; the bias is of floats
 */
public record WeightRef(Constant weight, Constant bias, RowLayout output, RowLayout input, Storage storage)
        implements
            ConstantRef {

    /** Describes a weight that is stored as floats. */
    public WeightRef(Constant weight, Constant bias, RowLayout output, RowLayout input) {
        this(weight, bias, output, input, Storage.F32);
    }

    /** Returns the same weight, stored so. */
    public WeightRef storedAs(Storage other) {
        return new WeightRef(weight, bias, output, input, other);
    }

    /** Returns the multiply-adds of one row, padding of the layouts not counted. */
    public long multiplyAddsPerRow() {
        Shape.Matrix shape = (Shape.Matrix) weight.shape();
        return (long) shape.rows() * shape.columns();
    }

    @Override
    public long bytes() {
        return PackedWeight.bytes(output, input, storage);
    }
}
