package io.lanewise.plan;

import java.util.List;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Workspace;

/**
 * A linear layer over all packed rows of a group, activation included: {@code result = activation(rows · Wᵀ + b)}.
 *
 * @param zeroRows rows that are known to be zero, and stay so: they are looked at, not multiplied
 * @param accumulate whether {@code result} already holds a part of the sum, as for the second half of a concat
 */
public record MatMulStep(Slot result, Slot rows, WeightRef weight, boolean accumulate, Activation activation,
        ZeroRows zeroRows, List<String> absorbed) implements Step {

    @Override
    public List<Slot> reads() {
        return accumulate ? List.of(rows, result) : List.of(rows);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public Cost cost(RowCounts counts) {
        long n = zeroRows.equals(ZeroRows.NONE) ? counts.rows(rows.stream()) : counts.rows(rows.stream(), zeroRows);
        return new Cost(n * weight.multiplyAddsPerRow(),
                n * (rows.layout().features() + result.layout().features()) * Float.BYTES + weight.bytes());
    }

    @Override
    public String describe() {
        String sum = result + (accumulate ? " += " : " = ") + rows + " · " + weight.weight() + "ᵀ";
        String biased = weight.bias() == null ? sum : sum + " + " + weight.bias();
        String skipping = biased + (zeroRows.equals(ZeroRows.NONE) ? "" : ", zero rows left out");
        return activation == Activation.NONE
                ? skipping
                : skipping + ", " + activation.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        Rows to = workspace.rows(result);
        Rows from = workspace.rows(rows);
        PackedWeight packed = workspace.constants().weight(weight);
        int stream = rows.stream().index();
        Kernels kernels = workspace.kernels();
        if (!zeroRows.equals(ZeroRows.NONE)) {
            return (group, part) -> multiplyRuns(kernels, to, from, packed, part.start(group.rows(stream)),
                    part.end(group.rows(stream)));
        }
        return (group, part) -> {
            int first = part.start(group.rows(stream));
            int n = part.size(group.rows(stream));
            kernels.packedMatMul(to.select(first, n), from.select(first, n), packed, accumulate,
                    activation);
        };
    }

    /** Multiplies the runs of rows that are not zero, and writes zeros to the others. */
    private static void multiplyRuns(Kernels kernels, Rows to, Rows from, PackedWeight packed, int first, int end) {
        for (int row = first; row < end;) {
            boolean zero = from.select(row, 1).areZero();
            int past = row + 1;
            while (past < end && from.select(past, 1).areZero() == zero) {
                past++;
            }
            if (zero) {
                to.select(row, past - row).clear();
            } else {
                kernels.packedMatMul(to.select(row, past - row), from.select(row, past - row), packed, false,
                        Activation.NONE);
            }
            row = past;
        }
    }
}
