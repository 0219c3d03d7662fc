package io.lanewise.kernels.scalar;

import io.lanewise.kernels.Activation;
import io.lanewise.memory.Rows;

/** Element by element: sums, maxima, activations, and other places. */
final class RowArithmetic {

    private RowArithmetic() {}

    static void add(Rows result, Rows left, Rows right) {
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                result.set(row, column, left.get(row, column) + right.get(row, column));
            }
        }
    }

    static void mix(Rows result, Rows other, Rows weights) {
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                result.set(row, column, weights.get(row, 0) * result.get(row, column)
                        + weights.get(row, 1) * other.get(row, column));
            }
        }
    }

    static void activate(Rows result, Rows rows, Activation activation) {
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                result.set(row, column, activate(rows.get(row, column), activation));
            }
        }
    }

    static void gate(Rows result, Rows gate, Rows up, Activation activation) {
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                result.set(row, column, activate(gate.get(row, column), activation) * up.get(row, column));
            }
        }
    }

    static void max(Rows result, Rows left, Rows right) {
        for (int row = 0; row < result.count(); row++) {
            for (int column = 0; column < result.width(); column++) {
                result.set(row, column, Math.max(left.get(row, column), right.get(row, column)));
            }
        }
    }

    static void transpose(Rows result, Rows rows) {
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < result.count(); column++) {
                result.set(column, row, rows.get(row, column));
            }
        }
    }

    static float activate(float value, Activation activation) {
        return (float) activation.apply(value);
    }
}
