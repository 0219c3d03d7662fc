package io.lanewise.kernels.scalar;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

/** Multiplies rows by a packed weight: every output element is one sum over the depth, in order. */
final class PackedMatMul {

    private PackedMatMul() {}

    static void run(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation) {
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < weight.columns(); column++) {
                float start = ScalarKernels.bias(weight, column);
                if (accumulate) {
                    start += result.get(row, column);
                }
                result.set(row, column, RowArithmetic.activate(start + dot(rows, row, weight, column), activation));
            }
        }
    }

    private static float dot(Rows rows, int row, PackedWeight weight, int column) {
        float sum = 0;
        for (int k = 0; k < weight.depth(); k++) {
            sum += rows.get(row, k) * ScalarKernels.weight(weight, column, k);
        }
        return sum;
    }
}
