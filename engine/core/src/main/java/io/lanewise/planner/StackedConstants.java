package io.lanewise.planner;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Collectors;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;

/** Constants one below the other, put together whenever they are read: the parts stay where they are. */
final class StackedConstants implements Constant.Source {

    private final List<Constant> parts;
    private final int size;

    private StackedConstants(List<Constant> parts) {
        this.parts = parts;
        this.size = parts.stream().mapToInt(part -> size(part.shape())).sum();
    }

    /** Stacks matrices of as many columns, or vectors. */
    static Constant of(List<Constant> parts) {
        String name = parts.stream().map(Constant::name).collect(Collectors.joining(" ; "));
        StackedConstants stacked = new StackedConstants(parts);
        Shape shape = parts.getFirst().shape() instanceof Shape.Matrix matrix
                ? new Shape.Matrix(stacked.size / matrix.columns(), matrix.columns())
                : new Shape.Vector(stacked.size);
        return new Constant(name, shape, stacked);
    }

    private static int size(Shape shape) {
        return switch (shape) {
            case Shape.Matrix matrix -> Math.multiplyExact(matrix.rows(), matrix.columns());
            case Shape.Vector vector -> vector.size();
            default -> throw new IllegalArgumentException("a constant must be a matrix or a vector: shape=" + shape);
        };
    }

    @Override
    public float[] all() {
        float[] all = new float[size];
        int end = 0;
        for (Constant part : parts) {
            float[] values = part.values();
            System.arraycopy(values, 0, all, end, values.length);
            end += values.length;
        }
        return all;
    }

    @Override
    public boolean isBf16() {
        return parts.stream().allMatch(part -> part.source().isBf16());
    }

    @Override
    public boolean hasParts() {
        return parts.stream().allMatch(part -> part.source().hasParts());
    }

    @Override
    public void unload() {
        parts.forEach(part -> part.source().unload());
    }

    @Override
    public void copy(long first, int count, MemorySegment to, long toByte) {
        long start = 0; // of a part, among all values
        for (Constant part : parts) {
            long end = start + size(part.shape());
            long from = Math.max(first, start);
            int here = (int) (Math.min(first + count, end) - from);
            if (here > 0) {
                part.source().copy(from - start, here, to, toByte + (from - first) * Float.BYTES);
            }
            start = end;
        }
    }
}
