package io.lanewise.encoders;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;

/** Some rows of a constant, or cells of a vector, read where that is read from. */
final class RowsOfConstant implements Constant.Source {

    private final Constant whole;
    private final int first;
    private final int count;
    private final int columns;

    private RowsOfConstant(Constant whole, int first, int count, int columns) {
        this.whole = whole;
        this.first = first;
        this.count = count;
        this.columns = columns;
    }

    static Constant of(Constant whole, int first, int count) {
        int columns = whole.shape() instanceof Shape.Matrix matrix ? matrix.columns() : 1;
        Shape shape = whole.shape() instanceof Shape.Matrix
                ? new Shape.Matrix(count, columns)
                : new Shape.Vector(count);
        return new Constant(whole.name() + "[" + first + ":" + (first + count) + "]", shape,
                new RowsOfConstant(whole, first, count, columns));
    }

    @Override
    public float[] all() {
        return Arrays.copyOfRange(whole.values(), first * columns, (first + count) * columns);
    }

    @Override
    public boolean isBf16() {
        return whole.source().isBf16();
    }

    @Override
    public boolean hasParts() {
        return whole.source().hasParts();
    }

    @Override
    public void unload() {
        whole.source().unload();
    }

    @Override
    public void copy(long cell, int cells, MemorySegment to, long toByte) {
        whole.source().copy((long) first * columns + cell, cells, to, toByte);
    }
}
