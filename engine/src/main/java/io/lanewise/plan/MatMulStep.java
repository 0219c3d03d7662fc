package io.lanewise.plan;

import java.util.List;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Workspace;

/**
 * A linear layer over all packed rows of a group, activation included: {@code result = activation(rows · Wᵀ + b)}.
 *
 * @param accumulate whether {@code result} already holds a part of the sum, as for the second half of a concat
 */
public record MatMulStep(Slot result, Slot rows, WeightRef weight, boolean accumulate, Activation activation,
        List<String> absorbed) implements Step {

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
        long n = counts.rows(rows.stream());
        return new Cost(n * weight.multiplyAddsPerRow(),
                n * (rows.layout().features() + result.layout().features()) * Float.BYTES + weight.bytes());
    }

    @Override
    public String describe() {
        String sum = result + (accumulate ? " += " : " = ") + rows + " · " + weight.weight() + "ᵀ";
        String biased = weight.bias() == null ? sum : sum + " + " + weight.bias();
        return activation == Activation.NONE
                ? biased
                : biased + ", " + activation.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        Rows to = workspace.rows(result);
        Rows from = workspace.rows(rows);
        PackedWeight packed = workspace.constants().weight(weight);
        int stream = rows.stream().index();
        return (group, part) -> {
            int first = part.start(group.rows(stream));
            int n = part.size(group.rows(stream));
            workspace.kernels().packedMatMul(to.select(first, n), from.select(first, n), packed, accumulate,
                    activation);
        };
    }
}
