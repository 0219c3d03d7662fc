package io.lanewise.kernels.scalar;

import io.lanewise.kernels.Activation;
import io.lanewise.memory.Rows;

/** Element by element: sums, maxima, activations, and other places. */
final class RowArithmetic {

    private RowArithmetic() {}

    static void add(Rows result, Rows left, Rows right) {
        float[][] scratch = Scratch.ofThread();
        float[] cells = scratch[0];
        float[] others = scratch[1];
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < result.width(); at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, result.width() - at);
                left.read(row, at, cells, count);
                right.read(row, at, others, count);
                for (int c = 0; c < count; c++) {
                    cells[c] += others[c];
                }
                result.write(row, at, cells, count);
            }
        }
    }

    static void max(Rows result, Rows left, Rows right) {
        float[][] scratch = Scratch.ofThread();
        float[] cells = scratch[0];
        float[] others = scratch[1];
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < result.width(); at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, result.width() - at);
                left.read(row, at, cells, count);
                right.read(row, at, others, count);
                for (int c = 0; c < count; c++) {
                    cells[c] = Math.max(cells[c], others[c]);
                }
                result.write(row, at, cells, count);
            }
        }
    }

    static void mix(Rows result, Rows other, Rows weights) {
        float[][] scratch = Scratch.ofThread();
        float[] cells = scratch[0];
        float[] others = scratch[1];
        for (int row = 0; row < result.count(); row++) {
            float ownFactor = weights.get(row, 0);
            float otherFactor = weights.get(row, 1);
            for (int at = 0; at < result.width(); at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, result.width() - at);
                result.read(row, at, cells, count);
                other.read(row, at, others, count);
                for (int c = 0; c < count; c++) {
                    cells[c] = Fused.multiplyAdd(others[c], otherFactor, cells[c] * ownFactor);
                }
                result.write(row, at, cells, count);
            }
        }
    }

    /** Computes {@code result = activation(rows)} in the first columns. */
    static void activate(Rows result, Rows rows, Activation activation, int columns) {
        float[] cells = Scratch.ofThread()[0];
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < columns; at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, columns - at);
                rows.read(row, at, cells, count);
                activate(cells, count, activation);
                result.write(row, at, cells, count);
            }
        }
    }

    static void gate(Rows result, Rows gate, Rows up, Activation activation) {
        float[][] scratch = Scratch.ofThread();
        float[] cells = scratch[0];
        float[] others = scratch[1];
        for (int row = 0; row < result.count(); row++) {
            for (int at = 0; at < result.width(); at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, result.width() - at);
                gate.read(row, at, cells, count);
                up.read(row, at, others, count);
                activate(cells, count, activation);
                for (int c = 0; c < count; c++) {
                    cells[c] *= others[c];
                }
                result.write(row, at, cells, count);
            }
        }
    }

    private static void activate(float[] cells, int count, Activation activation) {
        for (int c = 0; c < count; c++) {
            cells[c] = Activations.apply(activation, cells[c]);
        }
    }

    static void transpose(Rows result, Rows rows) {
        float[] cells = Scratch.ofThread()[0];
        for (int row = 0; row < rows.count(); row++) {
            for (int at = 0; at < result.count(); at += Scratch.PIECE) {
                int count = Math.min(Scratch.PIECE, result.count() - at);
                rows.read(row, at, cells, count);
                for (int c = 0; c < count; c++) {
                    result.set(at + c, row, cells[c]);
                }
            }
        }
    }
}
