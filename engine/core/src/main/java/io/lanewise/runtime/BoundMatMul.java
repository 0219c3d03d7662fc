package io.lanewise.runtime;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.ZeroRows;

/** A linear layer at work, on a part of a group's rows. */
final class BoundMatMul implements BoundStep {

    private final Kernels kernels;
    private final Rows to;
    private final Rows from;
    private final PackedWeight weight;
    private final boolean accumulate;
    private final Activation activation;
    private final boolean skipsZeros;
    private final int stream;

    BoundMatMul(MatMulStep step, Workspace workspace) {
        kernels = workspace.kernels();
        to = workspace.rows(step.result());
        from = workspace.rows(step.rows());
        weight = workspace.constants().weight(step.weight());
        accumulate = step.accumulate();
        activation = step.activation();
        skipsZeros = !step.zeroRows().equals(ZeroRows.NONE);
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int end = part.end(group.rows(stream));
        if (skipsZeros) {
            multiplyRuns(first, end);
        } else {
            multiply(first, end - first);
        }
    }

    private void multiply(int first, int n) {
        kernels.packedMatMul(to.select(first, n), from.select(first, n), weight, accumulate, activation);
    }

    /** Multiplies the runs of rows that are not zero, and writes zeros to the others. */
    private void multiplyRuns(int first, int end) {
        for (int row = first; row < end;) {
            boolean zero = from.select(row, 1).areZero();
            int past = row + 1;
            while (past < end && from.select(past, 1).areZero() == zero) {
                past++;
            }
            if (zero) {
                to.select(row, past - row).clear();
            } else {
                multiply(row, past - row);
            }
            row = past;
        }
    }
}
