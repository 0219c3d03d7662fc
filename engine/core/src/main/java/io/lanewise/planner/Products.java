package io.lanewise.planner;

import java.util.HashMap;
import java.util.Map;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;

/** Products of constant matrices, made in double and rounded once; the same product is made once. */
final class Products {

    private record Key(Constant left, boolean transposed, Constant right) {}

    private final Map<Key, Constant> made = new HashMap<>();

    /** Returns {@code left · right}. */
    Constant of(Constant left, Constant right) {
        return made.computeIfAbsent(new Key(left, false, right),
                key -> multiply(left.name() + " · " + right.name(), rows(left), columns(left), columns(right),
                        widened(left), right));
    }

    /**
     * Returns {@code leftᵀ · right}. What one order of lengths wants so another wants as {@code rightᵀ · left}: that is the transpose,
     * to the bit, since sums go over the same products.
     */
    Constant ofTransposed(Constant left, Constant right) {
        Constant turned = made.get(new Key(right, true, left));
        return made.computeIfAbsent(new Key(left, true, right), _ -> {
            String name = left.name() + "ᵀ · " + right.name();
            return turned == null
                    ? multiply(name, columns(left), rows(left), columns(right), transposed(left), right)
                    : new Constant(name, new Shape.Matrix(columns(left), columns(right)),
                            Submatrix.transposedBlocks(turned, 1).values());
        });
    }

    private static Constant multiply(String name, int rows, int depth, int columns, double[] left, Constant right) {
        float[] values = right.values();
        float[] product = new float[rows * columns];
        double[] sums = new double[columns];
        for (int i = 0; i < rows; i++) {
            java.util.Arrays.fill(sums, 0);
            for (int k = 0; k < depth; k++) {
                addScaled(sums, left[i * depth + k], values, k * columns);
            }
            for (int j = 0; j < columns; j++) {
                product[i * columns + j] = (float) sums[j];
            }
        }
        return new Constant(name, new Shape.Matrix(rows, columns), product);
    }

    private static void addScaled(double[] sums, double factor, float[] row, int first) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += factor * row[first + j];
        }
    }

    private static double[] widened(Constant matrix) {
        float[] narrow = matrix.values();
        double[] values = new double[narrow.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = narrow[i];
        }
        return values;
    }

    private static double[] transposed(Constant matrix) {
        int rows = rows(matrix);
        int columns = columns(matrix);
        float[] narrow = matrix.values();
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[column * rows + row] = narrow[row * columns + column];
            }
        }
        return values;
    }

    private static int rows(Constant matrix) {
        return ((Shape.Matrix) matrix.shape()).rows();
    }

    private static int columns(Constant matrix) {
        return ((Shape.Matrix) matrix.shape()).columns();
    }
}
