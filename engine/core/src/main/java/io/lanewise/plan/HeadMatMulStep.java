package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.Storage;

/**
 * A linear layer of its own for each head, over all packed rows of a group: {@code result_h = rows_h · W_hᵀ}.
 *
 * @param weights one a head, between whole panels
 */
public record HeadMatMulStep(Slot result, Slot rows, List<WeightRef> weights) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<WeightRef> constants() {
        return weights;
    }

    @Override
    public List<String> absorbed() {
        return List.of("head-linear");
    }

    @Override
    public Cost cost(RowCounts counts) {
        long n = counts.rows(rows.stream());
        long multiplyAdds = weights.stream().mapToLong(WeightRef::multiplyAddsPerRow).sum();
        long weightBytes = weights.stream().mapToLong(WeightRef::bytes).sum();
        return new Cost(n * multiplyAdds,
                n * (rows.layout().features() + result.layout().features()) * Float.BYTES + weightBytes);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return KernelForm.matMul(weights.getFirst().input().width(), Storage.F32, false, Activation.NONE);
    }

    @Override
    public String describe() {
        return result + " = " + rows + " · " + weights.getFirst().weight() + "ᵀ, and so on, " + weights.size()
                + " heads";
    }
}
