package io.lanewise.planner;

import java.util.Arrays;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;

/** Cuts constant matrices into parts; no number is computed. */
final class Submatrix {

    private Submatrix() {}

    /** Returns some of a matrix's columns. */
    static Constant columns(Constant matrix, int first, int end) {
        Shape.Matrix shape = (Shape.Matrix) matrix.shape();
        int width = end - first;
        float[] whole = matrix.values();
        float[] values = new float[shape.rows() * width];
        for (int row = 0; row < shape.rows(); row++) {
            System.arraycopy(whole, row * shape.columns() + first, values, row * width, width);
        }
        return new Constant(matrix.name() + "[:, " + first + ":" + end + "]", new Shape.Matrix(shape.rows(), width),
                values);
    }

    /** Returns some of a matrix's rows. */
    static Constant rows(Constant matrix, int first, int end) {
        int columns = ((Shape.Matrix) matrix.shape()).columns();
        float[] values = Arrays.copyOfRange(matrix.values(), first * columns, end * columns);
        return new Constant(matrix.name() + "[" + first + ":" + end + "]", new Shape.Matrix(end - first, columns),
                values);
    }

    /** Returns some of a vector's cells. */
    static Constant cells(Constant vector, int first, int end) {
        float[] values = Arrays.copyOfRange(vector.values(), first, end);
        return new Constant(vector.name() + "[" + first + ":" + end + "]", new Shape.Vector(end - first), values);
    }

    /** Cuts the rows of a matrix into so many blocks and transposes each: {@code [n · d, D]} becomes {@code [n · D, d]}. */
    static Constant transposedBlocks(Constant matrix, int blocks) {
        Shape.Matrix shape = (Shape.Matrix) matrix.shape();
        int depth = shape.rows() / blocks;
        float[] whole = matrix.values();
        float[] values = new float[whole.length];
        for (int row = 0; row < shape.rows(); row++) {
            int block = row / depth;
            for (int column = 0; column < shape.columns(); column++) {
                values[(block * shape.columns() + column) * depth + row % depth] = whole[row * shape.columns()
                        + column];
            }
        }
        return new Constant(matrix.name() + "ᵀ by head", new Shape.Matrix(blocks * shape.columns(), depth), values);
    }
}
